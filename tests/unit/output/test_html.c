#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "output/html_page.h"
#include "unit/output/atlas_case.h"

extern const struct output_op output_csv, output_html;

/* The page as written into the scratch folder; caller frees. */
static char *page_of(struct fake *f)
{
    const char *path = scratch_path(&f->scratch, "index.html");
    long size = 0;
    assert_int_equal(output_html.project(&f->job), TERRAMIS_OK);
    char *page = scratch_bytes(path, &size);
    assert_non_null(page);
    page[size] = '\0';
    return page;
}

/* The data inside a page; caller puts. */
static struct json_object *data_of(const char *page)
{
    const char *at = strstr(page, "<script type=\"application/json\"");
    assert_non_null(at);
    at = strchr(at, '>') + 1;
    struct json_tokener *parser = json_tokener_new();
    struct json_object *data =
        json_tokener_parse_ex(parser, at, (int)(strstr(at, "</script>") - at));
    assert_int_equal(json_tokener_get_error(parser), json_tokener_success);
    json_tokener_free(parser);
    return data;
}

static struct json_object *get(struct json_object *map, const char *key)
{
    struct json_object *value = NULL;
    assert_true(json_object_object_get_ex(map, key, &value));
    return value;
}

static struct json_object *first_territory(struct json_object *data)
{
    return json_object_array_get_idx(get(data, "territories"), 0);
}

static int count(const char *text, const char *part)
{
    int n = 0;
    for (; (text = strstr(text, part)); text += strlen(part))
        n++;
    return n;
}

static void page_is_complete(void **state)
{
    struct atlas_case *c = *state;
    char *page = page_of(&c->fake);
    assert_non_null(strstr(page, "<html lang=\"fr\">"));
    assert_non_null(strstr(page, "L&#39;essai &lt;un&gt; &amp; deux</h1>"));
    assert_non_null(strstr(page, "Cadastre (2026-01, LO 2.0)"));
    assert_non_null(strstr(page, "Licence Ouverte 2.0"));
    assert_non_null(strstr(page, "Vladimir Agafonkin"));
    assert_non_null(strstr(page, "24 novembre 2026"));
    /* the banner of made-up data shows */
    assert_non_null(strstr(page, "role=\"note\" ><strong>DONNÉES"));
    assert_int_equal(count(page, "</script"), 3);
    assert_int_equal(count(page, "<script"), 3);
    /* no field of the template is left */
    *strstr(page, "<script") = '\0';
    assert_null(strstr(page, "{{"));
    assert_null(strstr(page, "url(images"));
    free(page);
}

static void data_are_the_parcels(void **state)
{
    struct atlas_case *c = *state;
    char *page = page_of(&c->fake);
    struct json_object *data = data_of(page);
    struct json_object *territory = first_territory(data);
    struct json_object *parcels = get(territory, "parcels");
    /* best first, the one with nothing plantable is left out */
    assert_int_equal(json_object_array_length(parcels), 3);
    struct json_object *best = json_object_array_get_idx(parcels, 0);
    struct json_object *columns = get(territory, "columns");
    assert_int_equal(json_object_array_length(best),
                     json_object_array_length(columns));
    assert_string_equal(
        json_object_get_string(json_object_array_get_idx(best, 0)), "=1+\"1\"");
    /* decimetres, from a corner on by differences; the end is left out */
    struct json_object *rings =
        json_object_array_get_idx(best, json_object_array_length(best) - 1);
    const char *ring = json_object_to_json_string_ext(rings, 0);
    assert_int_equal(count(ring, "5000000,69001000"), 1);
    assert_int_equal(
        json_object_array_length(json_object_array_get_idx(rings, 0)), 8);
    /* the territory, its pond and its border are drawn around them */
    assert_int_equal(json_object_array_length(get(territory, "context")), 3);
    assert_int_equal(json_object_get_int(get(territory, "plantable_parcels")),
                     3);
    json_object_put(data);
    free(page);
}

static struct json_object *at(struct json_object *list, size_t i)
{
    struct json_object *item = json_object_array_get_idx(list, i);
    assert_non_null(item);
    return item;
}

/* The value of a column of parcel number `i`. */
static struct json_object *column(struct json_object *territory, size_t i,
                                  const char *name)
{
    struct json_object *columns = get(territory, "columns");
    for (size_t c = 0; c < json_object_array_length(columns); c++)
        if (strcmp(json_object_get_string(at(columns, c)), name) == 0)
            return json_object_array_get_idx(at(get(territory, "parcels"), i),
                                             c);
    fail_msg("no column %s", name);
    return NULL;
}

static void assert_json(struct json_object *value, const char *wanted)
{
    assert_string_equal(
        json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN), wanted);
}

/* Points add up to the score; the second parcel, S2 by 61.25, lacks 18.75. */
static void reasons_of_a_parcel(void **state)
{
    struct atlas_case *c = *state;
    char *page = page_of(&c->fake);
    struct json_object *data = data_of(page), *t = first_territory(data);
    assert_json(column(t, 1, "points"), "[36.75,24.5]");
    assert_json(column(t, 1, "value"), "[61.25,61.25]");
    assert_json(column(t, 1, "raises"), "[[0,0.925,92.5]]");
    assert_json(column(t, 0, "raises"), "[]"); /* S1 */
    assert_json(column(t, 0, "spread"), "[]"); /* nothing was drawn */
    assert_json(get(t, "sensitivity"), "[]");
    assert_int_equal(json_object_get_int(column(t, 0, "commune")), -1);
    json_object_put(data);
    free(page);
}

static void drawn_scores(void **state)
{
    struct atlas_case *c = *state;
    struct spread spreads[FAKE_PARCELS] = {
        {88.04, 2.26, 0.9996, 1, 3},
        {NAN, NAN, NAN, 0, 0},
    };
    struct sensitivity shares[FAKE_FACTORS] = {{0.6, 0.7}, {NAN, NAN}};
    struct analysis *a = &c->fake.result.analysis;
    a->parcels.spreads = spreads;
    a->sensitivity = shares;
    char *page = page_of(&c->fake);
    struct json_object *data = data_of(page), *t = first_territory(data);
    assert_json(column(t, 0, "spread"), "[88,2.3,1,1,3]");
    assert_json(column(t, 1, "spread"), "[null,null,null,0,0]");
    assert_json(get(t, "sensitivity"), "[[0.6,0.7],[null,null]]");
    json_object_put(data);
    free(page);
    a->parcels.spreads = NULL;
    a->sensitivity = NULL;
}

/* 1.05 ha at 0.6 ha a year under the project, at once under the scenario. */
static void plans_by_scenario(void **state)
{
    struct atlas_case *c = *state;
    char *page = page_of(&c->fake);
    struct json_object *data = data_of(page), *t = first_territory(data);
    struct json_object *plans = get(t, "plans");
    assert_int_equal(json_object_array_length(plans), 2);
    struct json_object *any = at(get(at(plans, 0), "years"), KIND_COUNT);
    assert_int_equal(json_object_array_length(any), 2);
    assert_true(json_object_get_double(at(at(any, 0), 0)) == 0.6);
    assert_true(json_object_get_double(at(at(any, 1), 0)) == 0.45);
    assert_true(json_object_get_double(at(at(any, 1), 1)) == 1.05);
    any = at(get(at(plans, 1), "years"), KIND_COUNT);
    assert_true(json_object_get_double(at(at(any, 0), 1)) == 1.05);
    assert_json(get(at(plans, 0), "classes"), "[0.5,0.25,0.3,0,0]");
    struct json_object *scenarios = get(data, "scenarios");
    assert_string_equal(json_object_get_string(get(at(scenarios, 1), "title")),
                        "Plus <vite>");
    assert_json(get(at(scenarios, 1), "weights"), "[[1,1]]");
    assert_null(get(at(scenarios, 1), "rate"));
    assert_int_equal(json_object_array_length(column(t, 0, "scenarios")), 2);
    json_object_put(data);
    free(page);
}

static void names_stay_text(void **state)
{
    struct atlas_case *c = *state;
    const char *title = c->fake.factor_configs[0].title;
    const char *id = c->fake.items[0].id;
    c->fake.factor_configs[0].title = "</script><script>alert(1)</script>";
    c->fake.items[0].id = "<!--<img src=x onerror=alert(1)>";
    char *page = page_of(&c->fake);
    assert_int_equal(count(page, "<script"), 3);
    assert_int_equal(count(page, "<!--"), 0);
    assert_int_equal(count(page, "<img"), 0);
    struct json_object *data = data_of(page);
    struct json_object *factor =
        json_object_array_get_idx(get(data, "factors"), 0);
    assert_string_equal(json_object_get_string(get(factor, "title")),
                        c->fake.factor_configs[0].title);
    json_object_put(data);
    free(page);
    c->fake.factor_configs[0].title = title;
    c->fake.items[0].id = id;
}

static void same_bytes_again(void **state)
{
    struct atlas_case *c = *state;
    char *a = page_of(&c->fake), *b = page_of(&c->fake);
    assert_string_equal(a, b);
    free(a);
    free(b);
}

/* The data with the first `parcels` and `sites` only. */
static struct json_object *data_with(struct fake *f, size_t parcels,
                                     size_t sites)
{
    struct territory_result all = f->result;
    f->result.analysis.parcels.count = parcels;
    f->result.sites.count = sites;
    char *page = page_of(f);
    struct json_object *data = data_of(page);
    f->result = all;
    free(page);
    return data;
}

static void no_parcel_and_one(void **state)
{
    struct atlas_case *c = *state;
    for (size_t n = 0; n < 2; n++) {
        struct json_object *data = data_with(&c->fake, n, n);
        struct json_object *territory = first_territory(data);
        assert_int_equal(json_object_get_int(get(data, "shown")), (int)n);
        assert_int_equal(json_object_array_length(get(territory, "parcels")),
                         n);
        assert_int_equal(json_object_array_length(get(territory, "sites")), n);
        json_object_put(data);
    }
}

static void no_territory(void **state)
{
    struct atlas_case *c = *state;
    c->fake.result.done = false;
    char *page = page_of(&c->fake);
    struct json_object *data = data_of(page);
    assert_int_equal(json_object_array_length(get(data, "territories")), 0);
    json_object_put(data);
    free(page);
    c->fake.result.done = true;
}

static void best_of_too_many(void **state)
{
    struct atlas_case *c = *state;
    const char *path = scratch_path(&c->fake.scratch, "data.json");
    struct file file;
    long size = 0;
    assert_int_equal(file_create(&file, path), TERRAMIS_OK);
    struct html_json json = {.file = &file};
    /* two territories with three plantable parcels each; five fit in a page */
    struct territory_result two[2] = {c->fake.result, c->fake.result};
    struct output_job job = c->fake.job;
    job.results = two;
    job.count = 2;
    assert_int_equal(html_put_data(&json, &job, 5), TERRAMIS_OK);
    html_flush(&json);
    assert_int_equal(file_commit(&file), TERRAMIS_OK);
    text_release(&json.out);
    char *bytes = scratch_bytes(path, &size);
    bytes[size] = '\0';
    struct json_object *data = json_tokener_parse(bytes);
    assert_int_equal(json_object_get_int(get(data, "shown")), 4);
    assert_int_equal(
        json_object_array_length(get(first_territory(data), "parcels")), 2);
    assert_int_equal(json_object_get_int(get(first_territory(data), "ranked")),
                     3);
    json_object_put(data);
    free(bytes);
}

static void write_file(struct scratch *scratch, const char *name,
                       const char *text)
{
    FILE *file = fopen(scratch_path(scratch, name), "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void links_to_what_is_there(void **state)
{
    struct atlas_case *c = *state;
    char *page = page_of(&c->fake);
    struct json_object *data = data_of(page);
    const char *files = json_object_to_json_string_ext(
        get(data, "files"), JSON_C_TO_STRING_NOSLASHESCAPE);
    assert_non_null(strstr(files, "manifest.json"));
    assert_null(strstr(files, "atlas.pdf"));
    json_object_put(data);
    free(page);
    assert_int_equal(output_csv.territory(&c->fake.job, &c->fake.result),
                     TERRAMIS_OK);
    page = page_of(&c->fake);
    assert_non_null(strstr(page, "\"pilote/parcels.csv\""));
    free(page);
    /* what no line names is there under its own name, companions are not */
    write_file(&c->fake.scratch, "pilote/carte.svg", "12345");
    write_file(&c->fake.scratch, "pilote/class.qml", "x");
    page = page_of(&c->fake);
    assert_non_null(strstr(page, "{\"href\":\"pilote/carte.svg\",\"about\":"
                                 "\"carte.svg\",\"bytes\":5}"));
    assert_null(strstr(page, "class.qml"));
    free(page);
    /* each once, with what it is for */
    write_file(&c->fake.scratch, "maps.pdf", "x");
    write_file(&c->fake.scratch, "maps-a4.pdf", "x");
    page = page_of(&c->fake);
    assert_int_equal(count(page, "{\"href\":\"maps.pdf\""), 1);
    assert_int_equal(count(page, "{\"href\":\"maps-a4.pdf\""), 1);
    assert_null(strstr(page, "\"about\":\"maps-a4.pdf\""));
    free(page);
}

static void in_english(void **state)
{
    struct atlas_case *c = *state;
    c->fake.config.language = LANGUAGE_EN;
    char *page = page_of(&c->fake);
    assert_non_null(strstr(page, "<html lang=\"en\">"));
    assert_non_null(strstr(page, "How to read this page"));
    assert_null(strstr(page, "Comment lire"));
    free(page);
    c->fake.config.language = LANGUAGE_FR;
}

static void folder_is_missing(void **state)
{
    struct atlas_case *c = *state;
    struct output_job job = c->fake.job;
    job.dir = "/dev/full";
    assert_int_equal(output_html.project(&job), TERRAMIS_OUTPUT);
    assert_non_null(strstr(terramis_message(), "/dev/full/index.html"));
}

int main(void)
{
    static struct atlas_case c;
    atlas_case_open(&c);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(page_is_complete, &c),
        cmocka_unit_test_prestate(data_are_the_parcels, &c),
        cmocka_unit_test_prestate(reasons_of_a_parcel, &c),
        cmocka_unit_test_prestate(drawn_scores, &c),
        cmocka_unit_test_prestate(plans_by_scenario, &c),
        cmocka_unit_test_prestate(names_stay_text, &c),
        cmocka_unit_test_prestate(same_bytes_again, &c),
        cmocka_unit_test_prestate(no_parcel_and_one, &c),
        cmocka_unit_test_prestate(no_territory, &c),
        cmocka_unit_test_prestate(best_of_too_many, &c),
        cmocka_unit_test_prestate(links_to_what_is_there, &c),
        cmocka_unit_test_prestate(in_english, &c),
        cmocka_unit_test_prestate(folder_is_missing, &c),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    atlas_case_close(&c);
    return failed;
}
