/*
 * The plugin ABI of Riposte, version 1.0. C99; also valid C++.
 *
 * A plugin is a shared library that exports one symbol, the data `riposte_plugin_entry`. The host reads what it
 * declares, calls start() and then on_command() for every command that somebody gives. The same library runs in its own
 * sandboxed process ("worker") or inside the host ("in-process"): nothing here depends on which.
 *
 * Rules that hold for the whole file
 *   Versions  A plugin runs in every host whose ABI has the same major number and a minor number that is not lower than
 *             the one in its entry. Within a major number nothing that is here changes its place or its meaning.
 *   Structs   One that begins with `struct_size` only ever grows at its end. The side that fills it writes sizeof; the
 *             side that reads it takes a member that lies beyond that size for zero, which always means "none", "not
 *             asked for": RIPOSTE_HAS() tells. No such struct has padding at its end. Lists of them are arrays of
 *             pointers that end in NULL. A struct without `struct_size` never changes. Reserved members are 0; the host
 *             refuses a declaration in which they are not, and one with a number or a flag that it does not know.
 *   Numbers   A later minor number may add values to an enumeration. A plugin takes a status that it does not know for a
 *             failure and leaves aside a flag that it does not know; an origin that it does not know does not come to it
 *             unless it has asked for it by a function of that minor number. Limits are never lowered.
 *   Texts     UTF-8, normally without a final NUL (riposte_text). Declarations use NUL-terminated strings.
 *   Ownership Who allocates frees. An argument is valid until the function that received it returns; copy what is
 *             needed longer. Nothing thrown and no longjmp may leave a function of either side.
 *   Threads   [instance]: the one thread of the instance; functions so marked never overlap and are called by the host.
 *             [any]: any thread of the plugin, from the moment start() is entered until stop() returns. No function of
 *             the host may be called earlier or later, nor from a constructor of the library.
 *   Time      Milliseconds; a point in time is milliseconds since 1970-01-01 UTC.
 */
#ifndef RIPOSTE_PLUGIN_H
#define RIPOSTE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RIPOSTE_ABI_MAJOR 1u
#define RIPOSTE_ABI_MINOR 0u

/* True if the struct behind `pointer` is new enough to have `member`. */
#define RIPOSTE_HAS(type, pointer, member) \
    ((pointer)->struct_size >= offsetof(type, member) + sizeof((pointer)->member))

/* ------------------------------------------------------------------------------------------------------- values -- */

typedef struct riposte_text {
    const char* data; /* may be NULL when size is 0 */
    size_t size;      /* bytes */
} riposte_text;

/* One command in progress. Valid until the call has ended; from then on every function answers RIPOSTE_GONE. */
typedef uint64_t riposte_call;
/* A message of this plugin, written in a call. Valid as long as its call. */
typedef uint64_t riposte_reply;
/* Stands for "no call" or "no reply"; never a valid handle. */
#define RIPOSTE_NONE ((uint64_t)0)

typedef int32_t riposte_status;
enum {
    RIPOSTE_OK = 0,
    RIPOSTE_GONE = 1,          /* the handle is stale: the call has ended (finished, failed, cancelled, out of time) */
    RIPOSTE_NOT_SUPPORTED = 2, /* this host, or this plugin, cannot do that */
    RIPOSTE_TOO_LARGE = 3,     /* above a limit of size; nothing was done */
    RIPOSTE_TOO_MANY = 4,      /* above a limit of number; nothing was done */
    RIPOSTE_INVALID = 5,       /* not UTF-8, an empty key, a number out of range, a wrong kind of handle */
    RIPOSTE_BUSY = 6,          /* too fast; again later */
    RIPOSTE_DENIED = 7,        /* the operator has not granted this, or the plugin is not in that room */
    RIPOSTE_NOT_FOUND = 8,     /* no such key, setting, timer, room */
    RIPOSTE_CANCELLED = 9,     /* the call or the whole instance should come to its end */
    RIPOSTE_FAILED = 10        /* a fault of the callee, not of the caller: storage is full, an exception, … */
};

/* What on_command() returns; anything else counts as FAIL. */
typedef int32_t riposte_result;
enum {
    RIPOSTE_DONE = 0,   /* the call is over; if it put nothing out, its author reads "done" */
    RIPOSTE_FAIL = 1,   /* the call is over and failed; riposte_host.fail gives it a text */
    RIPOSTE_PENDING = 2 /* the call goes on, in another thread, until finish() or fail() or its deadline */
};

/* The type of an option or of a setting. */
typedef uint32_t riposte_type;
enum {
    RIPOSTE_INTEGER = 1,
    RIPOSTE_NUMBER = 2,
    RIPOSTE_TEXT = 3,
    RIPOSTE_CHOICE = 4,
    RIPOSTE_BOOLEAN = 5,
    RIPOSTE_USER = 6,      /* options only; what may be a user's name, without "@"; there may be nobody of that name */
    RIPOSTE_ROOM = 7,      /* options only; what may be the URI of a room, without "#" */
    RIPOSTE_DURATION = 8,  /* as typed: 90s, 10m, 1h30m, 2 days */
    RIPOSTE_SECRET = 9,    /* settings only; a text that the host masks wherever it shows it */
    RIPOSTE_TEXT_LIST = 10 /* settings only */
};

/* One typed value: an argument of a command, or a setting. Frozen. */
typedef struct riposte_argument {
    riposte_text name;
    riposte_text text; /* always set: the value in its canonical spelling */
    int64_t integer;   /* RIPOSTE_INTEGER; RIPOSTE_DURATION in milliseconds; of an argument RIPOSTE_CHOICE: its index
                        * in `choices` */
    double number;     /* RIPOSTE_NUMBER, RIPOSTE_INTEGER; RIPOSTE_DURATION in seconds */
    riposte_type type;
    uint32_t boolean; /* RIPOSTE_BOOLEAN: 0 or 1 */
} riposte_argument;

/* How reads come back: called on the reading thread before the read returns, never after. `bytes` is valid until
 * receive() returns. Must not call the host. */
typedef void (*riposte_receive)(void* context, riposte_text bytes);
typedef void (*riposte_receive_value)(void* context, const riposte_argument* value);

/* ------------------------------------------------------------------------------------------------- declarations -- */
/* Read once, right after loading; must stay valid and unchanged for as long as the library is loaded. A text is at most
 * 1024 bytes long, unless it says otherwise. */

/* A text in another language, by BCP 47 tag: {"zh-CN", "掷骰子"}. A list of them ends in {NULL, NULL}. Frozen. */
typedef struct riposte_translation {
    const char* language;
    const char* text;
} riposte_translation;

/* riposte_option.flags */
enum {
    RIPOSTE_REQUIRED = 1u << 0,
    RIPOSTE_REST = 1u << 1,        /* RIPOSTE_TEXT, last option only: the rest of the line as it stands */
    RIPOSTE_HAS_MINIMUM = 1u << 2, /* `minimum` counts */
    RIPOSTE_HAS_MAXIMUM = 1u << 3, /* `maximum` counts */
    RIPOSTE_SUGGESTS = 1u << 4     /* options only: suggest() is asked for values while the user types */
};

typedef struct riposte_option {
    uint32_t struct_size;
    riposte_type type;
    uint32_t flags;
    uint32_t reserved;                       /* 0 */
    const char* name;                        /* [a-z][a-z0-9_]{0,31}; unique in its list */
    const char* summary;                     /* English; NULL = none */
    const riposte_translation* translations; /* of summary; at most 64; NULL = none */
    const char* const* choices;              /* RIPOSTE_CHOICE: 1..64, ends in NULL; else NULL */
    double minimum;                          /* inclusive: of a number; of a text its length in code points; of a */
    double maximum;                          /* duration its seconds */
    const char* otherwise;                   /* the default, as one would type it; NULL = the argument is then absent */
} riposte_option;

enum riposte_audience { RIPOSTE_ANYONE = 0, RIPOSTE_MODERATOR = 1, RIPOSTE_OWNER = 2, RIPOSTE_OPERATOR = 3 };
enum riposte_visibility { RIPOSTE_VISIBLE_TO_ROOM = 0, RIPOSTE_VISIBLE_TO_AUTHOR = 1 };

typedef struct riposte_command {
    uint32_t struct_size;
    uint32_t audience;    /* who may give it; a moderator's command may also be given by those above */
    uint32_t visibility;  /* who sees the command and its answers */
    uint32_t deadline_ms; /* to the first output; 0 = the host's default; an operator may lower it */
    /* "/poll close": a slash, 1..4 words of letters, digits, - and _ of any script, single spaces, at most 64 bytes.
     * "/help" is the host's own. */
    const char* prefix;
    const char* const* aliases;              /* like prefix; at most 8; ends in NULL; NULL = none */
    const char* summary;                     /* English, one line without a final dot */
    const riposte_translation* translations; /* of summary; NULL = none */
    const riposte_option* const* options;    /* in positional order, required ones first; at most 16; NULL = none */
} riposte_command;

/* A setting is declared like an option. Its name is a key of [plugins.<id>] in the operator's TOML; REQUIRED: the plugin
 * does not start without it; the default of a TEXT_LIST is one element. */
typedef riposte_option riposte_setting;

/* riposte_plugin.permissions: asked of the operator; a build that asks for more than was granted waits. */
enum {
    RIPOSTE_PERMISSION_NETWORK = 1u << 0, /* sockets */
    RIPOSTE_PERMISSION_HEAR = 1u << 1,    /* messages that are not commands, in rooms that invited the plugin */
    RIPOSTE_PERMISSION_POST = 1u << 2     /* messages that answer no call */
};

/* ------------------------------------------------------------------------------------------------------- a call -- */

enum riposte_origin {
    RIPOSTE_FROM_USER = 1,   /* somebody gave the command */
    RIPOSTE_FROM_TIMER = 2,  /* timer_set(): `timer`, `payload`, `due` are set; arguments and line are empty */
    RIPOSTE_FROM_HEARING = 3 /* hear(): `hearing` is set, `line` is the message */
};
enum riposte_role { RIPOSTE_ROLE_MEMBER = 0, RIPOSTE_ROLE_MODERATOR = 1, RIPOSTE_ROLE_OWNER = 2 };
/* riposte_invocation.flags */
enum {
    RIPOSTE_LATE = 1u << 0,         /* the timer was due while the host or the plugin was not there */
    RIPOSTE_AUTHOR_ONLY = 1u << 1,  /* only the author sees the command and what answers it */
    RIPOSTE_DIRECT_ROOM = 1u << 2,  /* the room is a conversation of two; it has no title */
    RIPOSTE_ADMINISTRATOR = 1u << 3 /* the user operates this host */
};
#define RIPOSTE_NO_COMMAND UINT32_MAX

/* Valid until on_command() returns; a PENDING call copies what it needs. */
typedef struct riposte_invocation {
    uint32_t struct_size;
    uint32_t command; /* index in riposte_plugin.commands; RIPOSTE_NO_COMMAND if heard or if a timer's is gone */
    uint32_t origin;  /* riposte_origin */
    uint32_t flags;
    riposte_call call;
    riposte_text id;                   /* the invocation's UUID, as in chat, log and metrics */
    riposte_text prefix;               /* as declared, whichever alias was used */
    riposte_text line;                 /* the whole line as it was sent */
    riposte_text rest;                 /* of it, what follows the prefix, as it was sent */
    const riposte_argument* arguments; /* those given and those with a default, in declared order */
    size_t argument_count;

    int64_t user_id; /* for ever the same for one account, and of nobody else */
    riposte_text user_name;
    riposte_text user_display_name;
    uint32_t user_role; /* riposte_role, in this room */
    uint32_t reserved;  /* 0 */
    int64_t room_id;    /* for ever the same */
    riposte_text room;  /* URI */
    riposte_text room_title;
    riposte_text locale;    /* "en", "zh-CN"; of the user, else of the host */
    riposte_text time_zone; /* IANA name, "Asia/Shanghai"; "UTC" if unknown */
    int64_t deadline;       /* when the host ends the call if it has put nothing out by then */

    int64_t timer;        /* its id; gone by now; 0 = no timer */
    int64_t due;          /* when it should have fired; 0 = no timer */
    riposte_text payload; /* as given to timer_set() */
    uint32_t hearing;     /* as given to hear() */
    uint32_t reserved2;   /* 0 */
} riposte_invocation;

/* What suggest() is asked. Valid until it returns. Grows as riposte_invocation does. */
typedef struct riposte_suggestion_request {
    uint32_t struct_size;
    uint32_t command; /* index in riposte_plugin.commands */
    uint32_t option;  /* index in its options */
    uint32_t reserved;
    riposte_call call;  /* for host->suggest only */
    riposte_text typed; /* of that argument, so far */
    int64_t user_id;
    riposte_text user_name;
    int64_t room_id;
    riposte_text room;
    riposte_text locale;
    const riposte_argument* arguments; /* those typed before it that are right so far; no defaults */
    size_t argument_count;
} riposte_suggestion_request;

/* A timer that has not fired. Valid until the receiver returns. */
typedef struct riposte_timer {
    uint32_t struct_size;
    uint32_t command; /* index in riposte_plugin.commands, or RIPOSTE_NO_COMMAND */
    int64_t id;
    int64_t due;
    int64_t user_id;
    int64_t room_id;
    riposte_text payload;
} riposte_timer;
typedef void (*riposte_receive_timer)(void* context, const riposte_timer* timer);

/* ------------------------------------------------------------------------------------------------------ limits -- */

enum {
    RIPOSTE_MAX_REPLY = 16 * 1024,        /* bytes of one reply, or of one whole stream */
    RIPOSTE_MAX_REPLIES = 32,             /* replies, ephemeral ones and streams of one call together */
    RIPOSTE_MAX_OUTPUT = 1024 * 1024,     /* bytes one call may put out, edits included */
    RIPOSTE_MAX_FAILURE = 1024,           /* bytes of a failure's text or a refusal's reason */
    RIPOSTE_MAX_KEY = 512,                /* bytes */
    RIPOSTE_MAX_VALUE = 64 * 1024,        /* bytes */
    RIPOSTE_MAX_KEYS = 1000,              /* listed at once */
    RIPOSTE_MAX_WRITES = 1000,            /* key-value writes of one call */
    RIPOSTE_MAX_PAYLOAD = 4 * 1024,       /* bytes of a timer's payload */
    RIPOSTE_MAX_TIMERS = 10000,           /* of one plugin */
    RIPOSTE_MAX_STATE = 16 * 1024 * 1024, /* bytes */
    RIPOSTE_MAX_LOG = 4 * 1024,           /* bytes of one line; the rest is cut off */
    RIPOSTE_MAX_SUGGESTIONS = 25,
    RIPOSTE_MAX_SUGGESTION = 256, /* bytes of a value, and of its description */
    RIPOSTE_MAX_PATTERN = 256,    /* bytes */
    RIPOSTE_MAX_HEARINGS = 16     /* of one instance */
};

enum riposte_log_level { RIPOSTE_LOG_DEBUG = 0, RIPOSTE_LOG_INFO = 1, RIPOSTE_LOG_WARNING = 2, RIPOSTE_LOG_ERROR = 3 };

/* ---------------------------------------------------------------------------------------------------- the host -- */
/*
 * What a plugin may ask of the host. One table an instance, valid from start() until stop() returns; every function
 * takes it as its first argument. All functions are [any] and copy what they are given. They return one of the statuses
 * named beside them, besides GONE where a call or reply is an argument and INVALID for malformed arguments. A function
 * that is not supported returns NOT_SUPPORTED and does nothing; no pointer is NULL.
 *
 * Outputs of one call appear in the order in which they were put out. Text is Markdown, as in any message.
 */
typedef struct riposte_host riposte_host;
struct riposte_host {
    uint32_t struct_size; /* at least that of ABI 1.0 */
    uint32_t abi_minor;   /* of the host; not lower than that of the plugin's entry */
    const char* name;     /* "riposte 0.1.0"; to log */
    const char* data_dir; /* absolute; a folder of this plugin's own, writable, kept across versions */

    /* -- answers. OK means taken, not yet stored. May wait while earlier output is being stored, never past the deadline.
     * TOO_LARGE: RIPOSTE_MAX_REPLY. TOO_MANY: RIPOSTE_MAX_REPLIES, RIPOSTE_MAX_OUTPUT. INVALID also for an empty text and
     * for control characters other than newline and tab. */

    /* A message that everyone who sees the command sees. `reply` may be NULL; else the message's handle, for edit(). */
    riposte_status (*reply)(const riposte_host* host, riposte_call call, riposte_text text, riposte_reply* reply);
    /* A message for the author of the call only. */
    riposte_status (*reply_ephemeral)(const riposte_host* host, riposte_call call, riposte_text text);
    /* Replaces the text of a reply, or of a stream that has ended. NOT_SUPPORTED if only the author sees it. */
    riposte_status (*edit)(const riposte_host* host, riposte_reply reply, riposte_text text);

    /* A message that grows while people watch. Nothing is seen before the first append; each append is whole characters.
     * A stream still open when its call ends is closed as it stands. */
    riposte_status (*stream_begin)(const riposte_host* host, riposte_call call, riposte_reply* stream);
    riposte_status (*stream_append)(const riposte_host* host, riposte_reply stream, riposte_text text);
    riposte_status (*stream_end)(const riposte_host* host, riposte_reply stream);

    /* -- the end of a call. Whatever comes first decides, of: finish, fail, on_command's return value other than PENDING,
     * the deadline, Cancel, a crash. After it every function answers GONE. */

    riposte_status (*finish)(const riposte_host* host, riposte_call call);
    /* Failed, with a text for the author (others see only that it failed); "" = the host's own wording. */
    riposte_status (*fail)(const riposte_host* host, riposte_call call, riposte_text text);

    /* OK: go on. CANCELLED: the instance is about to be stopped or swapped; finish soon, at most 2 s remain. GONE: over.
     * `call` may be RIPOSTE_NONE, for a background thread: never GONE. */
    riposte_status (*cancelled)(const riposte_host* host, riposte_call call);
    /* Sleeps. OK: the time has passed. Returns early with what cancelled() says. `call` may be RIPOSTE_NONE: a
     * background thread sleeps until the instance stops (CANCELLED). */
    riposte_status (*wait)(const riposte_host* host, riposte_call call, uint32_t milliseconds);

    /* -- key-value store; survives crashes, versions and restarts. With a `call`, writes are stored together with its
     * last reply and its outcome, or, if it fails, not at all; with RIPOSTE_NONE they are stored before the function
     * returns. Reads see what their own call has written, and everything of calls that have ended as done. */

    /* NOT_FOUND without calling `receive`. */
    riposte_status (*kv_get)(const riposte_host* host, riposte_call call, riposte_text key, riposte_receive receive,
                             void* context);
    /* TOO_LARGE: key or value. TOO_MANY: RIPOSTE_MAX_WRITES. FAILED: could not be stored. Any bytes are a value. */
    riposte_status (*kv_set)(const riposte_host* host, riposte_call call, riposte_text key, riposte_text value);
    /* OK also if there was none. */
    riposte_status (*kv_erase)(const riposte_host* host, riposte_call call, riposte_text key);
    /* Every key that begins with `prefix`, in byte order, one call of `receive` each. TOO_MANY after RIPOSTE_MAX_KEYS. */
    riposte_status (*kv_list)(const riposte_host* host, riposte_call call, riposte_text prefix, riposte_receive receive,
                              void* context);

    /* -- timers; survive restarts, versions and a failed call. When one is due, on_command() gets an invocation of origin
     * TIMER with the command, user and room of the call in which it was set. One overdue fires once, marked LATE. It is
     * gone once it has fired, whatever comes of that call. */

    /* Stored before it returns. TOO_LARGE: payload. TOO_MANY: RIPOSTE_MAX_TIMERS. `due` in the past fires at once. */
    riposte_status (*timer_set)(const riposte_host* host, riposte_call call, int64_t due, riposte_text payload,
                                int64_t* timer);
    /* NOT_FOUND: fired, cancelled or never there. */
    riposte_status (*timer_cancel)(const riposte_host* host, int64_t timer);
    /* All of this plugin's, by due time. TOO_MANY after 16 MiB of them. */
    riposte_status (*timer_list)(const riposte_host* host, riposte_receive_timer receive, void* context);

    /* -- the rest */

    /* A message that answers nothing, of RIPOSTE_MAX_REPLY bytes at most (TOO_LARGE); stored before it returns. At most 1 a
     * second and room, and 16 on their way (BUSY). DENIED: without RIPOSTE_PERMISSION_POST, before start() has returned, in
     * a room that is closed or that the plugin is not in: a plugin that is everywhere is in every room, but in a
     * conversation of two only in its own. NOT_FOUND: no such room. FAILED: could not be stored. */
    riposte_status (*post)(const riposte_host* host, riposte_text room, riposte_text text);
    /* From now on on_command() gets an invocation of origin HEARING for each matching message of a person (never of a bot
     * or webhook, never a command), in rooms that invited this plugin to listen. `hearing` is the plugin's own number;
     * the same one again replaces the pattern. An empty pattern is every message; else an ECMAScript regular expression
     * on code points without back-references or look-around (INVALID), searched for anywhere. Where several match, the
     * lowest number comes. Such a call has no author: reply_ephemeral() is NOT_SUPPORTED. What is said while the plugin has
     * no time for it is not heard. Asked for anew in each start(). DENIED without RIPOSTE_PERMISSION_HEAR. TOO_LARGE:
     * RIPOSTE_MAX_PATTERN. TOO_MANY: RIPOSTE_MAX_HEARINGS. */
    riposte_status (*hear)(const riposte_host* host, uint32_t hearing, riposte_text pattern);
    /* Within suggest(): one more value, as one would type it but without quotes, with a description that may be empty.
     * TOO_MANY: RIPOSTE_MAX_SUGGESTIONS. TOO_LARGE: RIPOSTE_MAX_SUGGESTION. */
    riposte_status (*suggest)(const riposte_host* host, riposte_call call, riposte_text value,
                              riposte_text description);
    /* The declared setting `key`: one call of `receive`, of a TEXT_LIST one an element (type TEXT). NOT_FOUND: not
     * declared, or neither set nor defaulted. Values stay the same as long as the instance lives. */
    riposte_status (*setting)(const riposte_host* host, riposte_text key, riposte_receive_value receive, void* context);
    /* Into the plugin's own log. With a call, its id stands in the line; else RIPOSTE_NONE. A call that is over is no error.
     * BUSY: more than 200 lines in this second; the line is dropped. */
    riposte_status (*log)(const riposte_host* host, riposte_call call, uint32_t level, riposte_text text);
    /* Within start() or restore_state() and on their thread: why it is about to return something else than OK. Shown to the
     * operator; the last one counts. TOO_LARGE: RIPOSTE_MAX_FAILURE. */
    riposte_status (*refuse)(const riposte_host* host, riposte_text reason);
    /* The host's clock, for due times. Never fails; may jump. */
    int64_t (*now)(const riposte_host* host);
};

/* -------------------------------------------------------------------------------------------------- the plugin -- */
/*
 * What a library declares. All functions are [instance]; those after stop may be NULL. `instance` is what start() made.
 * Several instances of one library may live in one process, each on its own thread: keep state in the instance, not in
 * globals.
 */
typedef struct riposte_plugin {
    uint32_t struct_size;
    uint32_t permissions;
    uint32_t calls_at_once; /* calls open at one time, pending ones included; 0 = 1; more than 64 = 64. Never two
                             * on_command() at once */
    uint32_t state_schema;  /* what restore_state() reads and save_state() writes; 0 = no state to hand over */
    uint32_t data_schema;   /* of the key-value store; when it rises, the host takes a snapshot first */
    uint32_t reserved;      /* 0 */
    const char* id;         /* [a-z][a-z0-9-]{0,31}: the name of its bot, its log, its settings */
    const char* version;    /* shown; 1..32 bytes */
    const char* title;      /* the bot's display name, at most 128 bytes; NULL = id */
    const char* summary;    /* English, one line; NULL = none */
    const riposte_translation* translations; /* of summary; NULL = none */
    const riposte_command* const* commands;  /* at most 64; NULL = none */
    const riposte_setting* const* settings;  /* at most 64; NULL = none */
    /* Asked of the operator: at most 32 absolute paths, or "$key", the path that the TEXT setting `key` names; ends in
     * NULL; NULL = none. Readable from before start() on. */
    const char* const* read_paths;

    /* Makes an instance, within 5 s. On anything but OK, `instance` is ignored and neither stop() nor anything else is
     * called. Settings, key-value store and log may be used; there is no call yet. */
    riposte_status (*start)(const riposte_host* host, void** instance);
    /* Ends it, within 2 s: joins every thread it began, frees it. Open calls have ended before. Called last. */
    void (*stop)(void* instance);
    /* One command; every declared one comes here. Within the deadline, as the open invocation says. */
    riposte_result (*on_command)(void* instance, const riposte_invocation* invocation);

    /* Values for an option with RIPOSTE_SUGGESTS, by host->suggest, within 300 ms; not asked while a call is open. One that
     * takes longer is not waited for, and for 10 s not asked again; after 1 s the instance is ended. */
    void (*suggest)(void* instance, const riposte_suggestion_request* request);
    /* State for a successor that reads `schema`, by exactly one receive() of at most RIPOSTE_MAX_STATE bytes, within 2 s.
     * No call is open. NOT_SUPPORTED: that schema is not one this build writes (it is then asked for its own). Also at an
     * orderly stop, with its own schema. */
    riposte_status (*save_state)(void* instance, uint32_t schema, riposte_receive receive, void* context);
    /* After start() and before the first call, if there is saved state; within 2 s. Anything but OK: this build does not go
     * live. */
    riposte_status (*restore_state)(void* instance, uint32_t schema, riposte_text state);
    /* An account was deleted: erase what you keep of this person. Later calls of the same user_id do not come. Told within
     * some minutes, or when the plugin is next there; anything but OK: told again. */
    riposte_status (*forget_user)(void* instance, int64_t user_id, riposte_text user_name);
} riposte_plugin;

/* The one exported symbol. Frozen for ever: a host of any version can read it. abi_minor is RIPOSTE_ABI_MINOR, or a lower
 * one that the plugin can do with: it then asks RIPOSTE_HAS() before it calls what is newer. */
typedef struct riposte_entry {
    uint32_t abi_major;
    uint32_t abi_minor;
    const riposte_plugin* plugin; /* set when dlopen() returns; may be made by a constructor of the library */
} riposte_entry;

#if defined(__GNUC__)
#define RIPOSTE_EXPORT __attribute__((visibility("default")))
#else
#define RIPOSTE_EXPORT
#endif
extern RIPOSTE_EXPORT const riposte_entry riposte_plugin_entry;

#ifdef __cplusplus
}
#endif

#endif
