#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "cases.h"
#include "config/config.h"

/* A few operators that know no computing: config must not either. */

struct linear {
    struct points points;
};

struct gauss {
    double mean;
    double width;
};

struct distance {
    double max;
};

// clang-format off
static const struct param linear_rows[] = {
    {"points", PARAM_POINTS, offsetof(struct linear, points), .max = 1,
     .required = true, .help = "Points [value, membership]."},
    {.name = NULL}
};

static const struct param gauss_rows[] = {
    {"mean", PARAM_REAL, offsetof(struct gauss, mean), .required = true,
     .help = "Best value."},
    {"width", PARAM_REAL, offsetof(struct gauss, width), .preset = "1",
     .min = 0.001, .max = 1000, .help = "Standard deviation."},
    {.name = NULL}
};

static const struct param distance_rows[] = {
    {"max", PARAM_REAL, offsetof(struct distance, max), "m", "1000",
     .max = 100000, .help = "Farthest distance looked at."},
    {.name = NULL}
};

static const struct operator linear = {
    "linear", "Between points.", NULL, linear_rows, sizeof(struct linear)};
static const struct operator gauss = {
    "gauss", "Bell curve.", NULL, gauss_rows, sizeof(struct gauss)};
static const struct operator slope = {"slope", "Slope.", NULL, NULL, 0};
static const struct operator distance = {
    "distance", "Distance.", NULL, distance_rows, sizeof(struct distance)};
static const struct operator wlc = {"wlc", "Sum.", NULL, NULL, 0};
static const struct operator limiting = {"limiting", "Least.", NULL, NULL, 0};
static const struct operator aac = {"aac", "Catchments.", NULL, NULL, 0};
static const struct operator cog = {"cog", "GeoTIFF.", NULL, NULL, 0};
static const struct operator csv = {"csv", "Table.", NULL, NULL, 0};

static const struct registry registries[CONFIG_REGISTRY_COUNT] = {
    [CONFIG_CRITERIA] = {"criterion",
        (const struct operator *const[]){&slope, &distance}, 2},
    [CONFIG_MEMBERSHIPS] = {"membership",
        (const struct operator *const[]){&linear, &gauss}, 2},
    [CONFIG_COMBINERS] = {"combiner",
        (const struct operator *const[]){&wlc, &limiting}, 2},
    [CONFIG_PROFILES] = {"profile",
        (const struct operator *const[]){&aac}, 1},
    [CONFIG_OUTPUTS] = {"output",
        (const struct operator *const[]){&cog, &csv}, 2},
};
// clang-format on

/* A project in which everything is right; a case's own keys replace its
 * lines, and a line "#- key" takes one away. */
static const char *const base[] = {
    "version: 1",
    "crs: EPSG:2154",
    "resolution: 5",
    "territories: [{id: a, source: data/v.gpkg}]",
    "parcels: {source: data/v.gpkg, id: id}",
    "marginal: {catchment: [{source: data/v.gpkg}]}",
    "factors: [{id: s, criterion: slope, source: data/r.tif, "
    "membership: {kind: linear, points: [[0, 1], [1, 0]]}}]",
};

static char dir[] = "/tmp/terramis-test-XXXXXX";
static char project[64];

static void touch(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static int make_folder(void **state)
{
    (void)state;
    char data[64];
    if (!mkdtemp(dir))
        return -1;
    snprintf(project, sizeof project, "%s/p.yaml", dir);
    snprintf(data, sizeof data, "%s/data", dir);
    if (mkdir(data, 0777) != 0)
        return -1;
    touch("data/v.gpkg");
    touch("data/r.tif");
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    static const char *const names[] = {"p.yaml", "data/v.gpkg", "data/r.tif",
                                        "data", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        remove(path);
    }
    return 0;
}

/* Has `input` a line that begins with `start` up to `length`? */
static bool has_line(const char *input, const char *start, size_t length)
{
    for (const char *line = input; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, start, length) == 0)
            return true;
    }
    return false;
}

static enum terramis_status read_input(const char *input, struct config *config)
{
    FILE *file = fopen(project, "w");
    assert_non_null(file);
    fputs(input, file);
    for (size_t i = 0; i < sizeof base / sizeof *base; i++) {
        size_t key = strcspn(base[i], ":");
        char removed[64];
        snprintf(removed, sizeof removed, "#- %.*s", (int)key, base[i]);
        if (!has_line(input, base[i], key + 1) &&
            !has_line(input, removed, strlen(removed)))
            fprintf(file, "%s\n", base[i]);
    }
    fclose(file);
    return config_read(project, registries, config);
}

/* The message with the project's path taken from the beginning of each line. */
static void without_path(const char *message, char *out, size_t size)
{
    out[0] = '\0';
    while (*message) {
        if (strncmp(message, project, strlen(project)) == 0)
            message += strlen(project) + 1;
        int length = (int)strcspn(message, "\n");
        snprintf(out + strlen(out), size - strlen(out), "%.*s\n", length,
                 message);
        message += length + (message[length] == '\n');
    }
}

static void cases_have_their_messages(void **state)
{
    (void)state;
    FILE *file = fopen("tests/data/config/cases.txt", "r");
    assert_non_null(file);
    static struct test_case c;
    static char line[1024], found[16384];
    int wrong = 0, count = 0;
    for (line[0] = '\0'; cases_next(file, line, &c); count++) {
        struct config config;
        enum terramis_status status = read_input(c.input, &config);
        without_path(status ? status_message() : "", found, sizeof found);
        if (strcmp(found, c.expected) != 0 ||
            (status != TERRAMIS_OK && status != TERRAMIS_PROJECT)) {
            printf("== %s\n%s-- expected\n%s-- found (%d)\n%s", c.title,
                   c.input, c.expected, (int)status, found);
            wrong++;
        }
        config_release(&config);
    }
    fclose(file);
    assert_true(count > 20);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_have_their_messages),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
