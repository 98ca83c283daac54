/**
 * @file warnings.h
 * @brief What must be looked into before a parcel is planted, as bits.
 */
#ifndef PARCEL_WARNINGS_H
#define PARCEL_WARNINGS_H

#include <stdint.h>

#include "base/mem.h"

enum warning {
#define WARNING(code, ...) WARN_##code,
#include "parcel/warnings.def"
#undef WARNING
    WARNING_COUNT
};

/** The bit of a warning. */
static inline uint32_t warning_bit(enum warning warning)
{
    return (uint32_t)1 << warning;
}

/** A line of warnings.def. */
struct warning_entry {
    const char *code;
    const char *text[2]; /**< French, English */
    const char *basis;   /**< rule or source, [V] read, [U] not verified */
};

extern const struct warning_entry warning_entries[WARNING_COUNT];

/** The texts of a set, each made once: parcels share them. Zero-initialise. */
struct warning_texts {
    struct arena arena;
    struct warning_text {
        uint32_t set;
        const char *text;
    } * items;
    size_t count, room;
    int language; /**< enum config_language */
};

/** The set's texts, "; " between them, in *text; NULL where it is empty. */
enum terramis_status warning_texts_of(struct warning_texts *texts, uint32_t set,
                                      const char **text);
void warning_texts_release(struct warning_texts *texts);

#endif
