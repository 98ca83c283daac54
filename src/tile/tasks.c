#include "tile/tasks.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* `lock` guards all but `items` and `count`. */
struct tasks {
    const struct task *items;
    size_t count; /* with a failure: those before it */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t begun, done;
    enum terramis_status status;
    char *message;
};

static bool is_begun(const struct tasks *tasks, size_t i)
{
    return tasks->begun >> i & 1;
}

/* The first task that can begin; waits while there are only others; false when
 * all have begun. What a waiting task needs has a lower number, so it has begun
 * or can. */
static bool take(struct tasks *tasks, size_t *index)
{
    bool got = false, left = true;
    pthread_mutex_lock(&tasks->lock);
    while (left && !got) {
        left = false;
        for (size_t i = 0; i < tasks->count && !got; i++) {
            if (is_begun(tasks, i))
                continue;
            left = true;
            got = (tasks->items[i].after & ~tasks->done) == 0;
            *index = i;
        }
        if (left && !got)
            pthread_cond_wait(&tasks->changed, &tasks->lock);
    }
    if (got)
        tasks->begun |= UINT64_C(1) << *index;
    pthread_mutex_unlock(&tasks->lock);
    return got;
}

static void finish(struct tasks *tasks, size_t index,
                   enum terramis_status status)
{
    pthread_mutex_lock(&tasks->lock);
    if (status == TERRAMIS_OK) {
        tasks->done |= UINT64_C(1) << index;
    } else if (index < tasks->count) { /* an earlier one than any before */
        free(tasks->message);
        tasks->message = strdup(status_message());
        tasks->status = status;
        tasks->count = index;
    }
    pthread_cond_broadcast(&tasks->changed);
    pthread_mutex_unlock(&tasks->lock);
}

static void *work(void *data)
{
    struct tasks *tasks = data;
    size_t index = 0;
    while (take(tasks, &index)) {
        const struct task *task = &tasks->items[index];
        enum terramis_status status = status_go_on();
        if (status == TERRAMIS_OK)
            status = task->run(task->data);
        finish(tasks, index, status);
    }
    return NULL;
}

enum terramis_status tasks_run(const struct task *tasks, size_t count,
                               int threads)
{
    struct tasks shared = {.items = tasks, .count = count};
    pthread_t others[TASKS_MAX];
    int started = 0;
    if (count > TASKS_MAX)
        return status_set(TERRAMIS_INTERNAL, "more than %d tasks", TASKS_MAX);
    pthread_mutex_init(&shared.lock, NULL);
    pthread_cond_init(&shared.changed, NULL);
    /* with fewer threads than asked for it only takes longer */
    while (started + 1 < threads && started + 1 < (int)count &&
           pthread_create(&others[started], NULL, work, &shared) == 0)
        started++;
    work(&shared);
    for (int i = 0; i < started; i++)
        pthread_join(others[i], NULL);
    pthread_cond_destroy(&shared.changed);
    pthread_mutex_destroy(&shared.lock);
    if (shared.status != TERRAMIS_OK)
        status_set(shared.status, "%s",
                   shared.message ? shared.message : _("out of memory"));
    free(shared.message);
    return shared.status;
}
