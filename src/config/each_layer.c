#include "config/config.h"

typedef enum terramis_status visitor(struct config *config,
                                     struct layer_config *layer, void *data);

/* All layers of a list whose items are `size` bytes and hold one `offset`
 * bytes from their start. */
static enum terramis_status each_of(struct config *config,
                                    const struct list *list, size_t size,
                                    size_t offset, visitor *each, void *data)
{
    for (size_t i = 0; i < list->count; i++) {
        char *item = (char *)list->items + i * size;
        TRY(each(config, (struct layer_config *)(void *)(item + offset), data));
    }
    return TERRAMIS_OK;
}

enum terramis_status config_each_layer(struct config *config, visitor *each,
                                       void *data)
{
    const struct list *const plain[] = {&config->marginal.polluted_soil,
                                        &config->marginal.catchment,
                                        &config->marginal.right_of_way};
    TRY(each_of(config, &config->territories, sizeof(struct territory_config),
                offsetof(struct territory_config, layer), each, data));
    TRY(each(config, &config->parcels.layer, data));
    TRY(each(config, &config->places.layer, data));
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        TRY(each_of(config, plain[i], sizeof(struct layer_config), 0, each,
                    data));
    TRY(each_of(config, &config->constraints, sizeof(struct constraint_config),
                offsetof(struct constraint_config, layer), each, data));
    TRY(each_of(config, &config->cover, sizeof(struct cover_config),
                offsetof(struct cover_config, layer), each, data));
    return each_of(config, &config->factors, sizeof(struct factor_config),
                   offsetof(struct factor_config, layer), each, data);
}
