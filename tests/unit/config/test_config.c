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
#include "yield/yield.h"

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

static const struct operator linear = {.name = "linear",
    .summary = "Between points.", .params = linear_rows,
    .params_size = sizeof(struct linear)};
static const struct operator gauss = {.name = "gauss",
    .summary = "Bell curve.", .params = gauss_rows,
    .params_size = sizeof(struct gauss)};
static const struct operator slope = {.name = "slope", .summary = "Slope."};
static const struct operator distance = {.name = "distance",
    .summary = "Distance.", .params = distance_rows,
    .params_size = sizeof(struct distance)};
static const struct operator near_by = {.name = "near_by",
    .summary = "Without a layer.", .alone = true};
static const struct operator wlc = {.name = "wlc", .summary = "Sum."};
static const struct operator limiting = {.name = "limiting",
    .summary = "Least."};
static const struct operator aac = {.name = "aac", .summary = "Catchments."};
static const struct operator cog = {.name = "cog", .summary = "GeoTIFF."};
static const struct operator wfs = {.name = "wfs", .summary = "Features.",
    .params = distance_rows, .params_size = sizeof(struct distance)};
static const struct operator url = {.name = "url", .summary = "Files."};
static const struct operator csv = {.name = "csv", .summary = "Table."};

extern const struct yield_op yield_class;
extern const struct weighting_op weighting_direct, weighting_ahp,
    weighting_rank;

static const struct registry registries[CONFIG_REGISTRY_COUNT] = {
    [CONFIG_CRITERIA] = {"criterion",
        (const struct operator *const[]){&slope, &distance, &near_by}, 3},
    [CONFIG_MEMBERSHIPS] = {"membership",
        (const struct operator *const[]){&linear, &gauss}, 2},
    [CONFIG_COMBINERS] = {"combiner",
        (const struct operator *const[]){&wlc, &limiting}, 2},
    [CONFIG_PROFILES] = {"profile",
        (const struct operator *const[]){&aac}, 1},
    [CONFIG_OUTPUTS] = {"output",
        (const struct operator *const[]){&cog, &csv}, 2},
    [CONFIG_WEIGHTINGS] = {"weighting",
        (const struct operator *const[]){&weighting_direct.op,
            &weighting_ahp.op, &weighting_rank.op}, 3},
    [CONFIG_PRESETS] = {"preset", NULL, 0},
    [CONFIG_YIELDS] = {"yield",
        (const struct operator *const[]){&yield_class.op}, 1},
    [CONFIG_SERVICES] = {"service",
        (const struct operator *const[]){&wfs, &url}, 2},
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

static void settings_and_defaults(void **state)
{
    (void)state;
    struct config config;
    enum terramis_status status = read_input(
        "title: Titre\n"
        "language: en\n"
        "crs: EPSG:2154\n"
        "territories:\n"
        "  - {id: a, name: Caux, source: data/v.gpkg, where: \"x = '1'\"}\n"
        "  - {id: b, source: data/v.gpkg, nodata_value: -9999}\n"
        "constraints: [{id: c, source: data/v.gpkg, setback: 10, title: T}]\n"
        "factors:\n"
        "  - {id: s, title: Pente, criterion: distance, source: data/r.tif,\n"
        "     max: 50, weight: 3, profile: aac,\n"
        "     membership: {kind: gauss, mean: 2}}\n"
        "  - {id: t, criterion: slope, source: data/r.tif, nodata: exclude,\n"
        "     weight: 1,\n"
        "     membership: {kind: linear, points: [[0, 1], [1, 0]]}}\n"
        "yield: {S1: 14, penalties: [{factor: t, points: [[0, 0.5], [1, "
        "1]]}]}\n"
        "planting: {rate: 30}\n"
        "scenarios:\n"
        "  - {id: p, weights: {s: 0.5}, classes: {S1: 80}}\n"
        "  - {id: q, weights: {s: 1, t: 0.25}, rate: 5, title: Q}\n",
        &config);
    assert_int_equal(status, TERRAMIS_OK);
    assert_string_equal(config.path, project);
    assert_string_equal(config.dir, dir);
    assert_int_equal(config.version, 1);
    assert_string_equal(config.title, "Titre");
    assert_null(config.organisation);
    assert_int_equal(config.language, LANGUAGE_EN);
    assert_string_equal(config.crs, "EPSG:2154");
    assert_int_equal(config.crs_at.line, 3);
    assert_true(config.resolution == 5);
    assert_int_equal(config.nodata, NODATA_FAIL);
    assert_ptr_equal(config.weights.op, &weighting_direct.op);
    assert_ptr_equal(config.combine.op, &wlc);
    assert_true(config.classes.s1 == 75 && config.classes.n1 == 12.5);
    const struct yields_config *yields = &config.yields;
    assert_ptr_equal(yields->model.op, &yield_class.op);
    const double *by_class = yields->model.params;
    assert_true(by_class[0] == 14 && by_class[1] == 12);
    assert_true(yields->spread == 0.23 && yields->polluted == 1);
    const struct penalty_config *penalty = yields->penalties.items;
    assert_int_equal(penalty->position, 1);
    assert_true(penalty->points.items[0][1] == 0.5);
    assert_int_equal(config.outputs.count, 2);
    assert_string_equal(config.outputs.items[1], "csv");

    assert_int_equal(config.territories.count, 2);
    const struct territory_config *t = config.territories.items;
    assert_string_equal(t[0].name, "Caux");
    assert_string_equal(t[0].layer.where, "x = '1'");
    assert_int_equal(t[0].layer.at.line, 5);
    assert_true(isnan(t[0].layer.nodata) && t[1].layer.nodata == -9999);
    assert_string_equal(t[1].name, "b"); /* its id */
    assert_string_equal(t[1].layer.source.text, "data/v.gpkg");
    assert_int_equal(strlen(t[1].layer.source.full), strlen(dir) + 12);

    const struct scenario_config *q = config.scenarios.items;
    assert_int_equal(config.scenarios.count, 2);
    assert_true(q[0].factor_weights[0] == 0.5 && q[0].factor_weights[1] == 0.5);
    assert_true(q[1].factor_weights[0] == 0.8 && q[1].factor_weights[1] == 0.2);
    assert_true(q[0].classes.s1 == 80 && q[0].classes.s2 == 50);
    assert_true(q[0].rate == 30 && q[1].rate == 5);
    assert_string_equal(q[0].title, "p");
    assert_int_equal(config.planting.horizon, 10);
    assert_true(config.establishment.share.items[1] == 0.5);

    const struct constraint_config *c = config.constraints.items;
    assert_true(c->setback == 10 && c->layer.buffer == 0);
    assert_string_equal(c->layer.title, "T");

    const struct factor_config *f = config.factors.items;
    assert_true(f[0].weight == 0.75 && f[1].weight == 0.25);
    assert_string_equal(f[0].title, "Pente");
    assert_null(f[0].layer.title);
    assert_ptr_equal(f[0].criterion.op, &distance);
    assert_true(((const struct distance *)f[0].criterion.params)->max == 50);
    assert_ptr_equal(f[0].layer.profile.op, &aac);
    assert_ptr_equal(f[0].membership.op, &gauss);
    const struct gauss *bell = f[0].membership.params;
    assert_true(bell->mean == 2 && bell->width == 1);
    assert_int_equal(f[0].nodata, NODATA_INHERIT);
    assert_int_equal(f[1].nodata, NODATA_EXCLUDE);
    assert_null(f[1].criterion.params);
    config_release(&config);
}

static void without_weights_all_weigh_the_same(void **state)
{
    (void)state;
    struct config config;
    assert_int_equal(read_input("factors:\n"
                                "  - &f {id: s, criterion: slope, source: "
                                "data/r.tif, membership: {kind: gauss, mean: "
                                "2}}\n"
                                "  - {id: t, criterion: slope, source: "
                                "data/r.tif, membership: {kind: gauss, mean: "
                                "2}}\n",
                                &config),
                     TERRAMIS_OK);
    const struct factor_config *f = config.factors.items;
    assert_true(f[0].weight == 0.5 && f[1].weight == 0.5);
    config_release(&config);
}

static void no_project_file(void **state)
{
    (void)state;
    struct config config;
    assert_int_equal(config_read("none.yaml", registries, &config),
                     TERRAMIS_PROJECT);
    assert_string_equal(status_message(), "cannot open project file none.yaml: "
                                          "No such file or directory");
    assert_string_equal(config.dir, ".");
    config_release(&config);
    assert_int_equal(config_read("/", registries, &config), TERRAMIS_PROJECT);
    assert_string_equal(config.dir, "/");
    config_release(&config);
    config_release(&config);
}

/* Every preset in the rows must itself be right. */
static void presets_raise_no_problem(void **state)
{
    (void)state;
    struct config config = {0};
    struct problems problems = {.file = "p"};
    struct param_reader reader = {.arena = &config.arena,
                                  .registries = registries,
                                  .registry_count = CONFIG_REGISTRY_COUNT,
                                  .problems = &problems};
    const size_t sizes[] = {
        sizeof(struct territory_config),  sizeof(struct cover_config),
        sizeof(struct constraint_config), sizeof(struct factor_config),
        sizeof(struct group_config),      sizeof(struct scenario_config)};
    assert_int_equal(param_read(&reader, config_rows, NULL, &config),
                     TERRAMIS_OK);
    size_t lists = 0;
    for (const struct param *row = config_rows; row->name; row++) {
        assert_true(row->help && row->help[strlen(row->help) - 1] == '.');
        if (row->type != PARAM_LIST)
            continue;
        assert_int_equal(row->size, sizes[lists++]);
        void *item = arena_alloc(&config.arena, 1, row->size);
        assert_non_null(item);
        assert_int_equal(param_read(&reader, row->rows, NULL, item),
                         TERRAMIS_OK);
    }
    assert_int_equal(lists, sizeof sizes / sizeof *sizes);
    assert_int_equal(problems_status(&problems), TERRAMIS_OK);
    problems_release(&problems);
    config_release(&config);
}

static void layers_to_be_downloaded(void **state)
{
    (void)state;
    struct config config;
    FILE *file = fopen(project, "w");
    assert_non_null(file);
    for (size_t i = 0; i < sizeof base / sizeof *base; i++)
        if (strncmp(base[i], "parcels", 7) != 0)
            fprintf(file, "%s\n", base[i]);
    fputs("parcels: {source: vectors/p.gpkg, id: id}\n"
          "services: {hubeau: 'http://localhost/h'}\n"
          "fetch:\n  siren: [200010700]\n  layers:\n"
          "    - {service: url, to: vectors/p.gpkg}\n"
          "    - {service: url, to: vectors/p.gpkg, layer: other}\n",
          file);
    fclose(file);
    assert_int_equal(config_read(project, registries, &config),
                     TERRAMIS_PROJECT);
    assert_non_null(strstr(status_message(), "First run: terramis fetch"));
    config_release(&config);
    assert_int_equal(config_read_unfetched(project, registries, &config),
                     TERRAMIS_OK);
    const struct fetching_config *fetch = &config.fetch;
    const struct fetch_config *entries = fetch->layers.items;
    assert_int_equal(fetch->layers.count, 2);
    assert_string_equal(entries[0].layer, "p"); /* as its file */
    assert_string_equal(entries[1].layer, "other");
    assert_ptr_equal(entries[0].service.op, &url);
    assert_string_equal(fetch->siren.items[0], "200010700");
    assert_string_equal(fetch->cache, ".terramis-cache");
    assert_true(fetch->margin == 1000 && fetch->retries == 5);
    assert_string_equal(config.services.address[SERVICE_hubeau],
                        "http://localhost/h");
    assert_string_equal(config.services.address[SERVICE_wfs],
                        "https://data.geopf.fr/wfs/ows");
    assert_non_null(strstr(config.parcels.layer.source.full, "vectors/p"));
    config_release(&config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_have_their_messages),
        cmocka_unit_test(settings_and_defaults),
        cmocka_unit_test(without_weights_all_weigh_the_same),
        cmocka_unit_test(no_project_file),
        cmocka_unit_test(presets_raise_no_problem),
        cmocka_unit_test(layers_to_be_downloaded),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
