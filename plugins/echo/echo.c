/* /echo <text…>: says it back. The smallest plugin there is, in C99. */
#include <riposte/plugin.h>

static const riposte_translation text_summary[] = {{"zh", "要重复的话"}, {NULL, NULL}};
static const riposte_option text = {
    .struct_size = sizeof text,
    .type = RIPOSTE_TEXT,
    .flags = RIPOSTE_REQUIRED | RIPOSTE_REST,
    .name = "text",
    .summary = "What to say",
    .translations = text_summary,
};
static const riposte_option* const options[] = {&text, NULL};

static const char* const aliases[] = {"/回声", NULL};
static const riposte_translation echo_summary[] = {{"zh", "把话重复一遍"}, {NULL, NULL}};
static const riposte_command echo = {
    .struct_size = sizeof echo,
    .prefix = "/echo",
    .aliases = aliases,
    .summary = "Say it back",
    .translations = echo_summary,
    .options = options,
};
static const riposte_command* const commands[] = {&echo, NULL};

/* The host is all that this instance needs to remember. */
static riposte_status start(const riposte_host* host, void** instance) {
    *instance = (void*)host;
    return RIPOSTE_OK;
}

static void stop(void* instance) { (void)instance; }

static riposte_result on_command(void* instance, const riposte_invocation* invocation) {
    const riposte_host* host = instance;
    const riposte_status status = host->reply(host, invocation->call, invocation->arguments[0].text, NULL);
    return status == RIPOSTE_OK ? RIPOSTE_DONE : RIPOSTE_FAIL;
}

static const riposte_plugin plugin = {
    .struct_size = sizeof plugin,
    .id = "echo",
    .version = "1.0.0",
    .title = "Echo",
    .summary = "Says it back",
    .commands = commands,
    .start = start,
    .stop = stop,
    .on_command = on_command,
};

const riposte_entry riposte_plugin_entry = {RIPOSTE_ABI_MAJOR, RIPOSTE_ABI_MINOR, &plugin};
