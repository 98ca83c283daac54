#include <stdlib.h>

#include "membership/membership.h"

#define MEMBERSHIP(name) extern const struct membership_op membership_##name;
#include "membership/memberships.def"
#undef MEMBERSHIP

static const struct operator* const operators[] = {
#define MEMBERSHIP(name) &membership_##name.op,
#include "membership/memberships.def"
#undef MEMBERSHIP
};

const struct registry membership_registry = {
    N_("membership"), operators, sizeof operators / sizeof operators[0]};

enum terramis_status membership_bind(struct membership_bound *bound,
                                     const struct operator_use *use,
                                     const struct membership_classes *classes)
{
    const struct membership_op *op = membership_of(use);
    *bound = (struct membership_bound){.params = use->params};
    return op->bind ? op->bind(bound, classes) : TERRAMIS_OK;
}

void membership_release(struct membership_bound *bound)
{
    free(bound->keys);
    free(bound->values);
    free(bound->prepared);
    *bound = (struct membership_bound){0};
}
