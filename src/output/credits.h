/**
 * @file credits.h
 * @brief The sources that a result is made from, as licences ask to be named.
 */
#ifndef OUTPUT_CREDITS_H
#define OUTPUT_CREDITS_H

#include "base/text.h"
#include "plan/plan.h"

/** Appends "BD TOPO (2026-03, Licence Ouverte 2.0) ; ..." in the order of the
 * project, each source once. */
void credits_add(struct text *out, const struct plan *plan);

#endif
