/* What a plugin of ABI 1.0 may ask of its host, function by function, in C. The answers are the same as those of tour.cpp;
 * tests/unit/loader/frozen_test.cpp knows them. */
#include <riposte/plugin.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORDS,
    TYPED,
    STREAM,
    EDIT,
    ALONE,
    FAIL,
    LATER,
    KEEP,
    KEPT,
    DROP,
    TIMER,
    CALL_OFF,
    COUNT,
    SETTING,
    POST,
    WHERE,
    SUGGEST
};

typedef struct tour {
    const riposte_host* host;
    unsigned count;
    riposte_call later;
    pthread_t thread;
    int has_thread;
    char forgotten[64];
} tour;

static riposte_text text(const char* words) {
    riposte_text view;
    view.data = words;
    view.size = strlen(words);
    return view;
}

static riposte_result answer(const tour* self, const riposte_invocation* call, const char* words) {
    riposte_status status = self->host->reply(self->host, call->call, text(words), NULL);
    return status == RIPOSTE_OK ? RIPOSTE_DONE : RIPOSTE_FAIL;
}

typedef struct buffer {
    char bytes[512];
    size_t used;
} buffer;

static void add(buffer* to, riposte_text bytes) {
    size_t size = bytes.size < sizeof to->bytes - 1 - to->used ? bytes.size : sizeof to->bytes - 1 - to->used;
    if (size > 0) memcpy(to->bytes + to->used, bytes.data, size);
    to->used += size;
    to->bytes[to->used] = 0;
}

static void receive(void* to, riposte_text bytes) { add(to, bytes); }
static void receive_key(void* to, riposte_text bytes) { add(to, bytes), add(to, text(" ")); }
static void receive_value(void* to, const riposte_argument* value) { add(to, value->text); }
static void receive_timer(void* to, const riposte_timer* timer) {
    if (RIPOSTE_HAS(riposte_timer, timer, payload)) *(int64_t*)to = timer->id;
}

static riposte_status start(const riposte_host* host, void** instance) {
    buffer greeting = {{0}, 0};
    tour* self;
    if (!RIPOSTE_HAS(riposte_host, host, now)) return RIPOSTE_NOT_SUPPORTED;
    host->setting(host, text("greeting"), receive_value, &greeting);
    if (strcmp(greeting.bytes, "refuse") == 0) {
        host->refuse(host, text("as it was told"));
        return RIPOSTE_FAILED;
    }
    self = calloc(1, sizeof *self);
    if (self == NULL) return RIPOSTE_FAILED;
    self->host = host;
    host->hear(host, 7, text("tea|茶"));
    host->log(host, RIPOSTE_NONE, RIPOSTE_LOG_INFO, text("the tour begins"));
    *instance = self;
    return RIPOSTE_OK;
}

static void join(tour* self) {
    if (self->has_thread) pthread_join(self->thread, NULL);
    self->has_thread = 0;
}

static void stop(void* instance) {
    join(instance);
    free(instance);
}

static void* later(void* instance) {
    tour* self = instance;
    self->host->wait(self->host, self->later, 10);
    self->host->reply(self->host, self->later, text("later"), NULL);
    self->host->finish(self->host, self->later);
    return NULL;
}

static const riposte_argument* argument(const riposte_invocation* call, const char* name) {
    size_t i;
    for (i = 0; i < call->argument_count; ++i)
        if (call->arguments[i].name.size == strlen(name) &&
            memcmp(call->arguments[i].name.data, name, strlen(name)) == 0)
            return &call->arguments[i];
    return NULL;
}

static riposte_result typed(const tour* self, const riposte_invocation* call) {
    char words[256];
    const riposte_argument* color = argument(call, "color");
    snprintf(words, sizeof words, "%lld, %.*s is %lld, %lld ms, %.1f, %s", (long long)argument(call, "whole")->integer,
             (int)color->text.size, color->text.data, (long long)color->integer,
             (long long)argument(call, "time")->integer, argument(call, "part")->number,
             argument(call, "sure")->boolean ? "sure" : "not sure");
    return answer(self, call, words);
}

static riposte_result stream(const tour* self, const riposte_invocation* call) {
    const riposte_host* host = self->host;
    int64_t i;
    riposte_reply words;
    if (host->stream_begin(host, call->call, &words) != RIPOSTE_OK) return RIPOSTE_FAIL;
    for (i = 1; i <= argument(call, "up_to")->integer && host->wait(host, call->call, 2) == RIPOSTE_OK; ++i) {
        char word[32];
        snprintf(word, sizeof word, "%lld ", (long long)i);
        host->stream_append(host, words, text(word));
    }
    host->stream_end(host, words);
    return RIPOSTE_DONE;
}

static riposte_result kept(const tour* self, const riposte_invocation* call) {
    buffer value = {{0}, 0};
    if (self->host->kv_get(self->host, call->call, text("kept"), receive, &value) == RIPOSTE_NOT_FOUND)
        return answer(self, call, "nothing");
    add(&value, text(" under "));
    self->host->kv_list(self->host, call->call, text("k"), receive_key, &value);
    return answer(self, call, value.bytes);
}

static riposte_result where(const tour* self, const riposte_invocation* call) {
    char words[256];
    int all =
        self->host->now(self->host) > 0 && self->host->data_dir[0] == '/' && call->id.size == 36 && call->deadline > 0;
    snprintf(words, sizeof words, "%.*s in %.*s, %.*s, %.*s, %s", (int)call->user_name.size, call->user_name.data,
             (int)call->room_title.size, call->room_title.data, (int)call->locale.size, call->locale.data,
             (int)call->time_zone.size, call->time_zone.data, all ? "and the rest" : "and not the rest");
    return answer(self, call, words);
}

static riposte_result unasked(tour* self, const riposte_invocation* call) {
    char words[256];
    if (call->origin == RIPOSTE_FROM_TIMER)
        snprintf(words, sizeof words, "timer: %.*s", (int)call->payload.size, call->payload.data);
    else if (call->origin == RIPOSTE_FROM_HEARING)
        snprintf(words, sizeof words, "%u: %.*s", call->hearing, (int)call->line.size, call->line.data);
    else return RIPOSTE_FAIL;
    return answer(self, call, words);
}

static riposte_result on_command(void* instance, const riposte_invocation* call) {
    tour* self = instance;
    const riposte_host* host = self->host;
    buffer words = {{0}, 0};
    riposte_reply reply = RIPOSTE_NONE;
    int64_t timer = 0;
    if (call->origin != RIPOSTE_FROM_USER) return unasked(self, call);
    switch (call->command) {
        case WORDS: add(&words, argument(call, "text")->text); return answer(self, call, words.bytes);
        case TYPED: return typed(self, call);
        case STREAM: return stream(self, call);
        case EDIT:
            host->reply(host, call->call, text("first"), &reply);
            return host->edit(host, reply, text("second")) == RIPOSTE_OK ? RIPOSTE_DONE : RIPOSTE_FAIL;
        case ALONE:
            return host->reply_ephemeral(host, call->call, text("for you")) == RIPOSTE_OK ? RIPOSTE_DONE : RIPOSTE_FAIL;
        case FAIL: host->fail(host, call->call, text("as asked")); return RIPOSTE_FAIL;
        case LATER:
            join(self);
            self->later = call->call;
            self->has_thread = pthread_create(&self->thread, NULL, later, self) == 0;
            return self->has_thread ? RIPOSTE_PENDING : RIPOSTE_FAIL;
        case KEEP:
            if (host->kv_set(host, call->call, text("kept"), argument(call, "text")->text) != RIPOSTE_OK)
                return RIPOSTE_FAIL;
            return answer(self, call, "kept");
        case KEPT: return kept(self, call);
        case DROP: host->kv_erase(host, call->call, text("kept")); return answer(self, call, "dropped");
        case TIMER:
            if (host->timer_set(host, call->call, host->now(host) + argument(call, "ms")->integer, text("tea"),
                                &timer) != RIPOSTE_OK)
                return RIPOSTE_FAIL;
            return answer(self, call, "set");
        case CALL_OFF:
            host->timer_list(host, receive_timer, &timer);
            return answer(self, call, host->timer_cancel(host, timer) == RIPOSTE_OK ? "called off" : "there is none");
        case COUNT:
            snprintf(words.bytes, sizeof words.bytes, "%u", ++self->count);
            return answer(self, call, words.bytes);
        case SETTING:
            host->setting(host, text("greeting"), receive_value, &words);
            return answer(self, call, words.bytes);
        case POST:
            return answer(self, call,
                          host->post(host, call->room, text("unasked")) == RIPOSTE_OK ? "posted" : "not posted");
        case WHERE: return where(self, call);
        case SUGGEST: add(&words, argument(call, "word")->text); return answer(self, call, words.bytes);
        default: return RIPOSTE_FAIL;
    }
}

static void suggest(void* instance, const riposte_suggestion_request* request) {
    tour* self = instance;
    buffer word = {{0}, 0};
    add(&word, request->typed);
    add(&word, text("-and-more"));
    self->host->suggest(self->host, request->call, text(word.bytes), text("longer"));
}

static riposte_status save_state(void* instance, uint32_t schema, riposte_receive receive_state, void* context) {
    const tour* self = instance;
    char digits[16];
    if (schema != 1) return RIPOSTE_NOT_SUPPORTED;
    snprintf(digits, sizeof digits, "%u", self->count);
    receive_state(context, text(digits));
    return RIPOSTE_OK;
}

static riposte_status restore_state(void* instance, uint32_t schema, riposte_text state) {
    buffer digits = {{0}, 0};
    if (schema != 1) return RIPOSTE_NOT_SUPPORTED;
    add(&digits, state);
    ((tour*)instance)->count = (unsigned)strtoul(digits.bytes, NULL, 10);
    return RIPOSTE_OK;
}

static riposte_status forget_user(void* instance, int64_t user_id, riposte_text user_name) {
    const tour* self = instance;
    buffer words = {{0}, 0};
    (void)user_id;
    add(&words, text("forgets "));
    add(&words, user_name);
    self->host->log(self->host, RIPOSTE_NONE, RIPOSTE_LOG_INFO, text(words.bytes));
    return self->host->kv_erase(self->host, RIPOSTE_NONE, text("kept"));
}

#define OPTION(id, its_type, its_name, its_flags) \
    static const riposte_option id = {            \
        .struct_size = sizeof(riposte_option), .type = its_type, .flags = its_flags, .name = its_name}
OPTION(rest_of_line, RIPOSTE_TEXT, "text", RIPOSTE_REQUIRED | RIPOSTE_REST);
OPTION(up_to, RIPOSTE_INTEGER, "up_to", RIPOSTE_REQUIRED);
OPTION(ms, RIPOSTE_INTEGER, "ms", RIPOSTE_REQUIRED);
OPTION(word, RIPOSTE_TEXT, "word", RIPOSTE_REQUIRED | RIPOSTE_SUGGESTS);
OPTION(duration, RIPOSTE_DURATION, "time", RIPOSTE_REQUIRED);
OPTION(part, RIPOSTE_NUMBER, "part", RIPOSTE_REQUIRED);
OPTION(sure, RIPOSTE_BOOLEAN, "sure", RIPOSTE_REQUIRED);
static const riposte_option whole = {.struct_size = sizeof(riposte_option),
                                     .type = RIPOSTE_INTEGER,
                                     .name = "whole",
                                     .flags = RIPOSTE_REQUIRED | RIPOSTE_HAS_MINIMUM | RIPOSTE_HAS_MAXIMUM,
                                     .minimum = 1,
                                     .maximum = 9,
                                     .summary = "A digit"};
static const char* const colors[] = {"red", "green", NULL};
static const riposte_option color = {.struct_size = sizeof(riposte_option),
                                     .type = RIPOSTE_CHOICE,
                                     .name = "color",
                                     .flags = RIPOSTE_REQUIRED,
                                     .choices = colors};
static const riposte_option greeting = {
    .struct_size = sizeof(riposte_option), .type = RIPOSTE_TEXT, .name = "greeting", .otherwise = "hello"};

static const riposte_option* const takes_text[] = {&rest_of_line, NULL};
static const riposte_option* const takes_types[] = {&whole, &color, &duration, &part, &sure, NULL};
static const riposte_option* const takes_up_to[] = {&up_to, NULL};
static const riposte_option* const takes_ms[] = {&ms, NULL};
static const riposte_option* const takes_word[] = {&word, NULL};
static const char* const aliases[] = {"/导览", NULL};
static const riposte_translation in_chinese[] = {{"zh-CN", "重复一句话"}, {NULL, NULL}};

#define COMMAND(id, its_prefix, its_options) \
    static const riposte_command id = {      \
        .struct_size = sizeof(riposte_command), .prefix = its_prefix, .options = its_options}
static const riposte_command say = {.struct_size = sizeof(riposte_command),
                                    .prefix = "/tour words",
                                    .summary = "Says it again",
                                    .aliases = aliases,
                                    .translations = in_chinese,
                                    .options = takes_text};
COMMAND(types, "/tour typed", takes_types);
COMMAND(grow, "/tour stream", takes_up_to);
COMMAND(change, "/tour edit", NULL);
COMMAND(alone, "/tour alone", NULL);
COMMAND(wrong, "/tour fail", NULL);
COMMAND(pend, "/tour later", NULL);
COMMAND(keep, "/tour keep", takes_text);
COMMAND(what_is_kept, "/tour kept", NULL);
COMMAND(drop, "/tour drop", NULL);
COMMAND(ring, "/tour timer", takes_ms);
COMMAND(call_off, "/tour call off", NULL);
COMMAND(count, "/tour count", NULL);
COMMAND(setting, "/tour setting", NULL);
COMMAND(post, "/tour post", NULL);
COMMAND(place, "/tour where", NULL);
COMMAND(guess, "/tour suggest", takes_word);
static const riposte_command* const commands[] = {&say,   &types,   &grow,         &change, &alone, &wrong,
                                                  &pend,  &keep,    &what_is_kept, &drop,   &ring,  &call_off,
                                                  &count, &setting, &post,         &place,  &guess, NULL};
static const riposte_setting* const settings[] = {&greeting, NULL};

static const riposte_plugin plugin = {.struct_size = sizeof(riposte_plugin),
                                      .permissions = RIPOSTE_PERMISSION_HEAR | RIPOSTE_PERMISSION_POST,
                                      .calls_at_once = 2,
                                      .state_schema = 1,
                                      .data_schema = 1,
                                      .id = "tour",
                                      .version = "1.0",
                                      .title = "The tour",
                                      .summary = "All that a plugin of ABI 1.0 may ask",
                                      .commands = commands,
                                      .settings = settings,
                                      .start = start,
                                      .stop = stop,
                                      .on_command = on_command,
                                      .suggest = suggest,
                                      .save_state = save_state,
                                      .restore_state = restore_state,
                                      .forget_user = forget_user};
const riposte_entry riposte_plugin_entry = {RIPOSTE_ABI_MAJOR, RIPOSTE_ABI_MINOR, &plugin};
