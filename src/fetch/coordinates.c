#include "fetch/coordinates.h"

#include <math.h>

enum {
    NESTED_MAX = 8 /* arrays in one another; a multipolygon has 4 */
};

static struct json_object *array_of(struct json_object *geometry)
{
    struct json_object *coordinates = NULL;
    json_object_object_get_ex(geometry, "coordinates", &coordinates);
    return coordinates;
}

/* Calls `visit` for every position, an array that begins with two numbers. */
// NOLINTNEXTLINE(misc-no-recursion): at most NESTED_MAX deep
static void walk(struct json_object *array, int depth,
                 void (*visit)(struct json_object *position, void *data),
                 void *data)
{
    bool list = json_object_is_type(array, json_type_array);
    size_t n = list ? json_object_array_length(array) : 0;
    struct json_object *first = n ? json_object_array_get_idx(array, 0) : NULL;
    if (!first || depth > NESTED_MAX)
        return;
    if (!json_object_is_type(first, json_type_array)) {
        if (n >= 2)
            visit(array, data);
        return;
    }
    for (size_t i = 0; i < n; i++)
        walk(json_object_array_get_idx(array, i), depth + 1, visit, data);
}

static void extend(struct json_object *position, void *data)
{
    struct rect *rect = data;
    double x = json_object_get_double(json_object_array_get_idx(position, 0));
    double y = json_object_get_double(json_object_array_get_idx(position, 1));
    *rect = rect_union(*rect, (struct rect){x, y, x, y});
}

static void turn(struct json_object *position, void *data)
{
    (void)data;
    struct json_object *x =
        json_object_get(json_object_array_get_idx(position, 0));
    struct json_object *y =
        json_object_get(json_object_array_get_idx(position, 1));
    json_object_array_put_idx(position, 0, y);
    json_object_array_put_idx(position, 1, x);
}

void coordinates_extend(struct rect *rect, struct json_object *geometry)
{
    walk(array_of(geometry), 0, extend, rect);
}

static void look(struct json_object *position, void *data)
{
    const double most = 1e9;
    bool *sane = data;
    for (size_t i = 0; i < 2; i++) {
        double value =
            json_object_get_double(json_object_array_get_idx(position, i));
        *sane = *sane && fabs(value) <= most; /* not where it is NaN */
    }
}

bool coordinates_are_sane(struct json_object *geometry)
{
    bool sane = true;
    walk(array_of(geometry), 0, look, &sane);
    return sane;
}

static void find(struct json_object *position, void *data)
{
    (void)position;
    *(bool *)data = true;
}

bool coordinates_are_none(struct json_object *geometry)
{
    bool any = false;
    walk(array_of(geometry), 0, find, &any);
    return !any && json_object_is_type(array_of(geometry), json_type_array);
}

void coordinates_turn(struct json_object *geometry)
{
    walk(array_of(geometry), 0, turn, NULL);
}
