#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "run/explain.h"

static enum suitability_class class_printed(const struct explained *e)
{
    const char *class = e->texts[EXPLAIN_CLASS];
    for (int c = CLASS_S1; class && c <= CLASS_N2; c++)
        if (strcmp(class_name((enum suitability_class)c), class) == 0)
            return (enum suitability_class)c;
    return CLASS_NONE;
}

enum suitability_class explain_next(const struct explained *e)
{
    return raise_next(class_printed(e));
}

enum terramis_status explain_raises(const struct explained *e,
                                    struct raise *out)
{
    struct raises raises = {.config = e->config};
    double *membership = NULL, *value = NULL;
    enum terramis_status status;
    TRY_DONE(raises_open(&raises, e->config));
    TRY_DONE(mem_new(&membership, e->count, sizeof *membership));
    TRY_DONE(mem_new(&value, e->count, sizeof *value));
    for (size_t f = 0; f < e->count; f++) {
        membership[f] = e->factors[f].membership;
        value[f] = e->factors[f].value;
    }
    raises_of(&raises,
              &(struct raise_parcel){class_printed(e),
                                     e->numbers[EXPLAIN_SCORE], membership,
                                     value},
              out);
done:
    raises_close(&raises);
    free(membership);
    free(value);
    return status;
}
