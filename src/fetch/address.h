/**
 * @file address.h
 * @brief Addresses of services: which are allowed, and how they are put
 * together.
 */
#ifndef FETCH_ADDRESS_H
#define FETCH_ADDRESS_H

#include "base/text.h"
#include "param/param.h"

/** http:// or https:// with a host and without user and password? */
bool address_is_web(const char *address);

/** Adds the address as it may be shown: "..." for a user and password in it. */
void address_hide_user(const char *address, struct text *shown);

/** May an answer of `from` send us to `to`? Only to the same host and port, or
 * to one of `hosts`, never from https to http and never to anything that is
 * not the web (file://). Else TERRAMIS_INPUT with what to do. `what` begins
 * the message. */
enum terramis_status address_may_follow(const char *what, const char *from,
                                        const char *to,
                                        const struct texts *hosts);

/** Adds `value` with all that has a meaning in addresses escaped; "," ":" and
 * "/" stay, so that addresses can be read. */
void address_add_escaped(struct text *text, const char *value);

/** Adds "?name=value" or "&name=value", the value escaped. */
void address_add(struct text *text, const char *name, const char *value);
void address_addf(struct text *text, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
