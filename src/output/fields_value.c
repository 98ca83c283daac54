#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/fields.h"

void fields_release(struct fields *fields)
{
    free(fields->items);
    arena_release(&fields->arena);
    *fields = (struct fields){0};
}

/* round() of libm without the call, for what has a fraction, and without
 * branches: which way a value goes cannot be foreseen. */
static double rounded(double value)
{
    if (!(fabs(value) < 4503599627370496.0)) /* 2^52 */
        return value;
    double whole = (double)(int64_t)value, rest = value - whole;
    return whole + (double)((rest >= 0.5) - (rest <= -0.5));
}

struct vector_value fields_value(const struct field *field,
                                 const struct field_row *row)
{
    static const double powers[] = {1, 10, 100, 1e3, 1e4};
    struct vector_value value =
        field->value ? field->value(row) : field->numbered(row, field->number);
    if (field->type == VECTOR_REAL && value.set)
        value.real = rounded(value.real * powers[field->decimals]) /
                     powers[field->decimals];
    return value;
}

const struct field *fields_find(const struct fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (strcmp(fields->items[i].name, name) == 0)
            return &fields->items[i];
    return NULL;
}

const char *field_label(const struct field *field, const char *code)
{
    for (const struct vector_code *c = field->codes; c && c->code; c++)
        if (strcmp(c->code, code) == 0)
            return c->label;
    return code;
}

enum terramis_status fields_columns(const struct fields *fields,
                                    struct vector_field **columns)
{
    TRY(mem_new(columns, fields->count, sizeof **columns));
    for (size_t i = 0; i < fields->count; i++)
        (*columns)[i] = (struct vector_field){.name = fields->items[i].name,
                                              .type = fields->items[i].type,
                                              .codes = fields->items[i].codes};
    return TERRAMIS_OK;
}
