#include "score/score.h"

#define COMBINER(name) extern const struct combiner_op combiner_##name;
#include "score/combiners.def"
#undef COMBINER

static const struct operator* const operators[] = {
#define COMBINER(name) &combiner_##name.op,
#include "score/combiners.def"
#undef COMBINER
};

const struct registry combiner_registry = {
    N_("combination"), operators, sizeof operators / sizeof operators[0]};
