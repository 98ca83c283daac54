#include "weights/weights.h"

#define WEIGHTING(name) extern const struct weighting_op weighting_##name;
#include "weights/weightings.def"
#undef WEIGHTING

static const struct operator* const operators[] = {
#define WEIGHTING(name) &weighting_##name.op,
#include "weights/weightings.def"
#undef WEIGHTING
};

const struct registry weighting_registry = {
    N_("weighting"), operators, sizeof operators / sizeof operators[0]};
