#include "base/pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

struct slot {
    bool done;
    void *result;
};

/* Shared by the sink and the workers; `lock` guards all but `job`. Locks are
 * taken once per tile, never inside the work. */
struct pool {
    const struct pool_job *job;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    pthread_mutex_t filling; /* taken before `lock`, held while input is read */
    size_t tiles;            /* no more than these */
    size_t next;             /* first tile nobody took */
    size_t committed;        /* tiles that passed the sink */
    struct slot *slots;
    size_t slot_count;
    bool stopping;
    enum terramis_status status; /* first failure */
    size_t failed_tile;
    char *message;
};

int pool_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (int)count;
}

/* Keeps the failure of the lowest tile, with its message. */
static void record(struct pool *pool, enum terramis_status status, size_t tile)
{
    if (pool->status == TERRAMIS_OK || tile < pool->failed_tile) {
        free(pool->message);
        pool->message = strdup(status_message());
        pool->status = status;
        pool->failed_tile = tile;
    }
    pool->stopping = true;
    pthread_cond_broadcast(&pool->changed);
}

/* Waits for a tile whose slot is free; false when there is nothing left. */
static bool take_tile(struct pool *pool, size_t *tile)
{
    pthread_mutex_lock(&pool->lock);
    while (!pool->stopping && pool->next < pool->tiles &&
           pool->next >= pool->committed + pool->slot_count)
        pthread_cond_wait(&pool->changed, &pool->lock);
    bool got = !pool->stopping && pool->next < pool->tiles;
    if (got)
        *tile = pool->next++;
    pthread_mutex_unlock(&pool->lock);
    return got;
}

static void finish_tile(struct pool *pool, size_t tile,
                        enum terramis_status status)
{
    pthread_mutex_lock(&pool->lock);
    if (status == TERRAMIS_OK)
        pool->slots[tile % pool->slot_count].done = true;
    else
        record(pool, status, tile);
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
}

/* There are no tiles from `tile` on. */
static void end_at(struct pool *pool, size_t tile)
{
    pthread_mutex_lock(&pool->lock);
    pool->tiles = tile;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
}

/* The next tile, with its input; false: none, or *status is a failure. */
static bool next_tile(struct pool *pool, size_t *tile,
                      enum terramis_status *status)
{
    const struct pool_job *job = pool->job;
    if (!job->fill)
        return take_tile(pool, tile);
    bool more = false;
    pthread_mutex_lock(&pool->filling);
    if (take_tile(pool, tile)) {
        void *slot = pool->slots[*tile % pool->slot_count].result;
        *status = job->fill(job->data, *tile, slot, &more);
        if (*status == TERRAMIS_OK && !more)
            end_at(pool, *tile);
        if (*status != TERRAMIS_OK)
            finish_tile(pool, *tile, *status);
    }
    pthread_mutex_unlock(&pool->filling);
    return *status == TERRAMIS_OK && more;
}

static void *worker_main(void *data)
{
    struct pool *pool = data;
    const struct pool_job *job = pool->job;
    void *worker = NULL;
    size_t tile = 0;
    enum terramis_status status =
        job->start ? job->start(job->data, &worker) : TERRAMIS_OK;
    if (status != TERRAMIS_OK)
        finish_tile(pool, 0, status);
    while (status == TERRAMIS_OK && next_tile(pool, &tile, &status)) {
        void *result = pool->slots[tile % pool->slot_count].result;
        status = status_go_on();
        if (status == TERRAMIS_OK)
            status = job->work(job->data, worker, tile, result);
        finish_tile(pool, tile, status);
    }
    if (worker)
        job->stop(job->data, worker);
    return NULL;
}

/* The calling thread: takes results in order. */
static void sink(struct pool *pool)
{
    const struct pool_job *job = pool->job;
    for (size_t tile = job->first;; tile++) {
        struct slot *slot = &pool->slots[tile % pool->slot_count];
        pthread_mutex_lock(&pool->lock);
        while (!slot->done && !pool->stopping && tile < pool->tiles)
            pthread_cond_wait(&pool->changed, &pool->lock);
        bool ready = slot->done && tile < pool->tiles;
        pthread_mutex_unlock(&pool->lock);
        if (!ready)
            return;
        enum terramis_status status =
            job->commit ? job->commit(job->data, tile, slot->result)
                        : TERRAMIS_OK;
        pthread_mutex_lock(&pool->lock);
        slot->done = false;
        pool->committed = tile + 1;
        if (status != TERRAMIS_OK)
            record(pool, status, tile);
        bool stopping = status != TERRAMIS_OK;
        pthread_cond_broadcast(&pool->changed);
        pthread_mutex_unlock(&pool->lock);
        if (stopping)
            return;
        if (job->what)
            log_progress(job->what, tile + 1 - job->first,
                         job->tiles - job->first);
    }
}

static enum terramis_status make_slots(struct pool *pool)
{
    TRY(mem_new(&pool->slots, pool->slot_count, sizeof *pool->slots));
    for (size_t i = 0; i < pool->slot_count; i++)
        TRY(mem_new(&pool->slots[i].result, 1, pool->job->result_size));
    return TERRAMIS_OK;
}

static void release_slots(struct pool *pool)
{
    for (size_t i = 0; pool->slots && i < pool->slot_count; i++) {
        if (pool->slots[i].result && pool->job->release)
            pool->job->release(pool->job->data, pool->slots[i].result);
        free(pool->slots[i].result);
    }
    free(pool->slots);
}

static void run_threads(struct pool *pool, pthread_t *threads)
{
    int started = 0;
    for (; started < pool->job->threads; started++)
        if (pthread_create(&threads[started], NULL, worker_main, pool) != 0)
            break;
    if (started > 0) {
        sink(pool);
    } else {
        status_set(TERRAMIS_INTERNAL, _("cannot start a thread"));
        record(pool, TERRAMIS_INTERNAL, 0);
    }
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true; /* all committed, or failed: let them go */
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
}

enum terramis_status pool_run(const struct pool_job *job)
{
    struct pool pool = {.job = job,
                        .tiles = job->tiles,
                        .next = job->first,
                        .committed = job->first,
                        .slot_count = job->slots
                                          ? job->slots
                                          : POOL_SLOTS * (size_t)job->threads,
                        .failed_tile = job->tiles};
    pthread_t *threads = NULL;
    pthread_mutex_init(&pool.lock, NULL);
    pthread_mutex_init(&pool.filling, NULL);
    pthread_cond_init(&pool.changed, NULL);
    enum terramis_status status = make_slots(&pool);
    if (status == TERRAMIS_OK)
        status = mem_new(&threads, (size_t)job->threads, sizeof *threads);
    if (status == TERRAMIS_OK) {
        if (job->what)
            log_progress(job->what, 0, job->tiles - job->first);
        run_threads(&pool, threads);
        status = pool.status;
    }
    if (pool.message)
        status_set(status, "%s", pool.message);
    free(pool.message);
    free(threads);
    release_slots(&pool);
    pthread_cond_destroy(&pool.changed);
    pthread_mutex_destroy(&pool.filling);
    pthread_mutex_destroy(&pool.lock);
    return status;
}
