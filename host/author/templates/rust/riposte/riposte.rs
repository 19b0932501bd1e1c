//! A safe layer over riposte/plugin.h, which says more about everything here. Unpacked by `riposte plugin new`; not yours
//! to change.
//!
//! A panic ends its call as failed, never the process; texts of the host are checked to be UTF-8; a call's texts cannot
//! outlive it.
#![allow(dead_code)]

use std::ffi::{CStr, CString};
use std::os::raw::{c_char, c_void};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr;
use std::time::Duration;

/// What a plugin is. Its methods run on one thread and never overlap.
pub trait Plugin: Sized + 'static {
    /// Commands and what else the plugin declares.
    fn describe(plugin: &mut Description<Self>);
    /// An error refuses the build; the operator reads it.
    fn start(host: Host) -> Result<Self, String>;

    /// What Invocation::after() has set is due: a call with its user and room, and with payload().
    fn on_timer(&mut self, _call: &Invocation) -> Result<(), String> {
        Err("there is no on_timer()".into())
    }
    /// A message that Host::hear() asked for: hearing() and line(). Saying nothing leaves nothing in the room.
    fn on_message(&mut self, _call: &Invocation) -> Result<(), String> {
        Err("there is no on_message()".into())
    }
    /// An account is deleted: erase what is kept of this person.
    fn forget_user(&mut self, _id: i64, _name: &str) {}

    /// Above 0: save_state() is asked before a swap and at a stop, and the successor is given what it returns.
    const STATE_SCHEMA: u32 = 0;
    fn save_state(&self) -> Vec<u8> {
        Vec::new()
    }
    /// Of STATE_SCHEMA. An error refuses the build.
    fn restore_state(&mut self, _state: &[u8]) -> Result<(), String> {
        Ok(())
    }
}

/// What answers a command: an error ends the call as failed, and its author reads it.
pub type Handler<P> = fn(&mut P, &Invocation) -> Result<(), String>;

// ---------------------------------------------------------------------------------------------------- declarations

/// What is asked of the operator; a build that asks for more than was granted waits.
#[derive(Clone, Copy)]
#[repr(u32)]
pub enum Permission {
    Network = 1,
    Hear = 2,
    Post = 4,
}

pub struct Description<P> {
    commands: Vec<Command<P>>,
    settings: Vec<Opt>,
    permissions: u32,
    title: Option<String>,
    summary: Option<String>,
}

impl<P> Description<P> {
    pub fn about(&mut self, title: &str, summary: &str) -> &mut Self {
        self.title = Some(title.into());
        self.summary = Some(summary.into());
        self
    }
    pub fn needs(&mut self, permission: Permission) -> &mut Self {
        self.permissions |= permission as u32;
        self
    }
    /// A key of `[plugins.<id>]`, declared as an option is; Host::setting() reads it.
    pub fn setting(&mut self, setting: Opt) -> &mut Self {
        self.settings.push(setting);
        self
    }
    pub fn command(&mut self, prefix: &str, summary: &str, handler: Handler<P>) -> &mut Command<P> {
        self.commands.push(Command {
            prefix: prefix.into(),
            summary: summary.into(),
            handler,
            aliases: Vec::new(),
            translations: Vec::new(),
            options: Vec::new(),
            author_only: false,
            deadline: Duration::ZERO,
        });
        self.commands.last_mut().unwrap()
    }
}

pub struct Command<P> {
    prefix: String,
    summary: String,
    handler: Handler<P>,
    aliases: Vec<String>,
    translations: Vec<(String, String)>,
    options: Vec<Opt>,
    author_only: bool,
    deadline: Duration,
}

impl<P> Command<P> {
    pub fn alias(&mut self, prefix: &str) -> &mut Self {
        self.aliases.push(prefix.into());
        self
    }
    pub fn summary_in(&mut self, language: &str, text: &str) -> &mut Self {
        self.translations.push((language.into(), text.into()));
        self
    }
    /// In positional order, required ones first.
    pub fn option(&mut self, option: Opt) -> &mut Self {
        self.options.push(option);
        self
    }
    /// Only who gives the command sees it and what answers it.
    pub fn author_only(&mut self) -> &mut Self {
        self.author_only = true;
        self
    }
    /// To the first output.
    pub fn deadline(&mut self, time: Duration) -> &mut Self {
        self.deadline = time;
        self
    }
}

/// One argument of a command.
pub struct Opt {
    kind: u32,
    flags: u32,
    name: String,
    summary: String,
    translations: Vec<(String, String)>,
    choices: Vec<String>,
    minimum: f64,
    maximum: f64,
    otherwise: Option<String>,
}

impl Opt {
    fn new(kind: u32, name: &str) -> Self {
        Opt {
            kind,
            flags: 0,
            name: name.into(),
            summary: String::new(),
            translations: Vec::new(),
            choices: Vec::new(),
            minimum: 0.0,
            maximum: 0.0,
            otherwise: None,
        }
    }
    pub fn integer(name: &str) -> Self {
        Self::new(1, name)
    }
    pub fn number(name: &str) -> Self {
        Self::new(2, name)
    }
    pub fn text(name: &str) -> Self {
        Self::new(3, name)
    }
    pub fn choice(name: &str, choices: &[&str]) -> Self {
        let mut option = Self::new(4, name);
        option.choices = choices.iter().map(|choice| choice.to_string()).collect();
        option
    }
    pub fn boolean(name: &str) -> Self {
        Self::new(5, name)
    }
    pub fn user(name: &str) -> Self {
        Self::new(6, name)
    }
    pub fn room(name: &str) -> Self {
        Self::new(7, name)
    }
    /// Invocation::integer() has its milliseconds.
    pub fn duration(name: &str) -> Self {
        Self::new(8, name)
    }
    /// The rest of the line as it stands; last.
    pub fn rest(name: &str) -> Self {
        let mut option = Self::new(3, name);
        option.flags |= 1 << 1;
        option
    }
    pub fn required(mut self) -> Self {
        self.flags |= 1;
        self
    }
    pub fn summary(mut self, text: &str) -> Self {
        self.summary = text.into();
        self
    }
    pub fn summary_in(mut self, language: &str, text: &str) -> Self {
        self.translations.push((language.into(), text.into()));
        self
    }
    /// Of a number; of a text its characters; of a duration its seconds.
    pub fn minimum(mut self, value: f64) -> Self {
        self.minimum = value;
        self.flags |= 1 << 2;
        self
    }
    pub fn maximum(mut self, value: f64) -> Self {
        self.maximum = value;
        self.flags |= 1 << 3;
        self
    }
    /// The default, as one would type it.
    pub fn otherwise(mut self, value: &str) -> Self {
        self.otherwise = Some(value.into());
        self
    }
}

// ------------------------------------------------------------------------------------------------------------ a call

/// One command in progress, with what it was asked.
pub struct Invocation<'a> {
    host: Host,
    raw: &'a abi::Invocation,
}

impl<'a> Invocation<'a> {
    /// A message, Markdown, that everyone who sees the command sees.
    pub fn reply(&self, text: &str) -> Result<(), String> {
        self.put_out("reply", unsafe { (self.table().reply)(self.host.0, self.raw.call, abi::Text::of(text), ptr::null_mut()) })
    }
    /// The same, to be changed later in this call.
    pub fn reply_to_edit(&self, text: &str) -> Result<Reply<'_>, String> {
        let mut handle = 0;
        let status = unsafe { (self.table().reply)(self.host.0, self.raw.call, abi::Text::of(text), &mut handle) };
        self.put_out("reply", status).map(|()| Reply { host: &self.host, handle })
    }
    /// A message that grows while people watch; it ends when it is dropped.
    pub fn stream(&self) -> Result<Stream<'_>, String> {
        let mut handle = 0;
        let status = unsafe { (self.table().stream_begin)(self.host.0, self.raw.call, &mut handle) };
        self.put_out("stream", status).map(|()| Stream { host: &self.host, handle })
    }
    /// For the author of the command only.
    pub fn ephemeral(&self, text: &str) -> Result<(), String> {
        self.put_out("ephemeral", unsafe { (self.table().reply_ephemeral)(self.host.0, self.raw.call, abi::Text::of(text)) })
    }
    /// Sleeps. False as soon as the call should end: use it instead of sleeping.
    pub fn wait(&self, time: Duration) -> bool {
        let ms = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        unsafe { (self.table().wait)(self.host.0, self.raw.call, ms) == abi::OK }
    }
    pub fn cancelled(&self) -> bool {
        unsafe { (self.table().cancelled)(self.host.0, self.raw.call) != abi::OK }
    }

    /// Of any type, in its canonical spelling. None: not given, and there is no default.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.argument(name).and_then(|argument| argument.text.view())
    }
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.argument(name).map(|argument| argument.integer)
    }
    pub fn number(&self, name: &str) -> Option<f64> {
        self.argument(name).map(|argument| argument.number)
    }
    pub fn boolean(&self, name: &str) -> Option<bool> {
        self.argument(name).map(|argument| argument.boolean != 0)
    }

    /// on_timer() is called with this call's user and room when the time has come. Survives restarts. Its id.
    pub fn after(&self, time: Duration, payload: &str) -> Result<i64, String> {
        let due = self.host.now() + i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 2);
        let mut timer = 0;
        let set = unsafe { (self.table().timer_set)(self.host.0, self.raw.call, due, abi::Text::of(payload), &mut timer) };
        if set == abi::OK { Ok(timer) } else { Err(abi::wording("timer", set)) }
    }
    /// In on_timer().
    pub fn payload(&self) -> &'a str {
        self.raw.payload.view().unwrap_or("")
    }
    /// In on_message(): the number that was given to Host::hear().
    pub fn hearing(&self) -> u32 {
        self.raw.hearing
    }

    pub fn user_id(&self) -> i64 {
        self.raw.user_id
    }
    pub fn user_name(&self) -> &'a str {
        self.raw.user_name.view().unwrap_or("")
    }
    pub fn room(&self) -> &'a str {
        self.raw.room.view().unwrap_or("")
    }
    pub fn room_title(&self) -> &'a str {
        self.raw.room_title.view().unwrap_or("")
    }
    /// The room is a conversation of two.
    pub fn is_direct(&self) -> bool {
        self.raw.flags & abi::DIRECT_ROOM != 0
    }
    pub fn time_zone(&self) -> &'a str {
        self.raw.time_zone.view().unwrap_or("")
    }
    pub fn locale(&self) -> &'a str {
        self.raw.locale.view().unwrap_or("")
    }
    pub fn line(&self) -> &'a str {
        self.raw.line.view().unwrap_or("")
    }

    /// The key-value store: what a call writes is stored together with its end, or not at all if it fails.
    pub fn get(&self, key: &str) -> Result<Option<Vec<u8>>, String> {
        unsafe extern "C" fn keep(context: *mut c_void, bytes: abi::Text) {
            *(context as *mut Vec<u8>) = bytes.bytes().to_vec();
        }
        let mut value: Vec<u8> = Vec::new();
        let context = &mut value as *mut Vec<u8> as *mut c_void;
        match unsafe { (self.table().kv_get)(self.host.0, self.raw.call, abi::Text::of(key), keep, context) } {
            abi::OK => Ok(Some(value)),
            abi::NOT_FOUND => Ok(None),
            status => Err(abi::wording("get", status)),
        }
    }
    pub fn set(&self, key: &str, value: &[u8]) -> Result<(), String> {
        let value = abi::Text { data: value.as_ptr() as *const c_char, size: value.len() };
        self.put_out("set", unsafe { (self.table().kv_set)(self.host.0, self.raw.call, abi::Text::of(key), value) })
    }

    pub fn erase(&self, key: &str) -> Result<(), String> {
        self.put_out("erase", unsafe { (self.table().kv_erase)(self.host.0, self.raw.call, abi::Text::of(key)) })
    }

    fn table(&self) -> &abi::Host {
        self.host.table()
    }
    fn argument(&self, name: &str) -> Option<&'a abi::Argument> {
        if self.raw.argument_count == 0 {
            return None;
        }
        let all: &'a [abi::Argument] = unsafe { std::slice::from_raw_parts(self.raw.arguments, self.raw.argument_count) };
        all.iter().find(|argument| argument.name.view() == Some(name))
    }
    fn put_out(&self, action: &str, status: i32) -> Result<(), String> {
        put_out(action, status)
    }
}

/// Once the call is over there is nobody left to tell, so that is no error.
fn put_out(action: &str, status: i32) -> Result<(), String> {
    if status == abi::OK || status == abi::GONE { Ok(()) } else { Err(abi::wording(action, status)) }
}

/// A message that this call has written.
pub struct Reply<'a> {
    host: &'a Host,
    handle: u64,
}

impl Reply<'_> {
    pub fn edit(&self, text: &str) -> Result<(), String> {
        put_out("edit", unsafe { (self.host.table().edit)(self.host.0, self.handle, abi::Text::of(text)) })
    }
}

/// A message that grows.
pub struct Stream<'a> {
    host: &'a Host,
    handle: u64,
}

impl Stream<'_> {
    pub fn append(&self, text: &str) -> Result<(), String> {
        put_out("append", unsafe { (self.host.table().stream_append)(self.host.0, self.handle, abi::Text::of(text)) })
    }
}

impl Drop for Stream<'_> {
    fn drop(&mut self) {
        unsafe { (self.host.table().stream_end)(self.host.0, self.handle) };
    }
}

/// The host, for as long as the plugin lives. Any thread of the plugin.
#[derive(Clone, Copy)]
pub struct Host(*const abi::Host);

unsafe impl Send for Host {}
unsafe impl Sync for Host {}

impl Host {
    /// Into the plugin's own log.
    pub fn log(&self, text: &str) {
        unsafe { (self.table().log)(self.0, 0, 1, abi::Text::of(text)) };
    }
    /// Milliseconds since 1970, UTC.
    pub fn now(&self) -> i64 {
        unsafe { (self.table().now)(self.0) }
    }
    /// A folder of the plugin's own, kept across versions.
    pub fn data_dir(&self) -> &str {
        unsafe { CStr::from_ptr(self.table().data_dir) }.to_str().unwrap_or("")
    }
    /// A declared setting in its canonical spelling; of a list its last element. None: neither set nor defaulted.
    pub fn setting(&self, key: &str) -> Option<String> {
        unsafe extern "C" fn keep(context: *mut c_void, value: *const abi::Argument) {
            *(context as *mut Option<String>) = (*value).text.view().map(String::from);
        }
        let mut value: Option<String> = None;
        let context = &mut value as *mut Option<String> as *mut c_void;
        unsafe { (self.table().setting)(self.0, abi::Text::of(key), keep, context) };
        value
    }
    /// A message that answers nothing, in a room by its URI; stored when this returns. Needs Permission::Post. False: too
    /// fast (one a second and room), nothing was posted.
    pub fn post(&self, room: &str, text: &str) -> Result<bool, String> {
        match unsafe { (self.table().post)(self.0, abi::Text::of(room), abi::Text::of(text)) } {
            abi::OK => Ok(true),
            abi::BUSY => Ok(false),
            status => Err(abi::wording("post", status)),
        }
    }
    /// Messages of people that match come to on_message(), in rooms that let this plugin hear; "" = all of them. An
    /// ECMAScript regular expression without back-references and look-around. `number` comes back as hearing(); the same
    /// one again replaces the pattern. Needs Permission::Hear.
    pub fn hear(&self, number: u32, pattern: &str) -> Result<(), String> {
        match unsafe { (self.table().hear)(self.0, number, abi::Text::of(pattern)) } {
            abi::OK => Ok(()),
            status => Err(abi::wording("hear", status)),
        }
    }

    fn table(&self) -> &abi::Host {
        unsafe { &*self.0 }
    }
}

// ------------------------------------------------------------------------------------------------- the C interface

/// Exports a plugin; once in a library.
#[macro_export]
macro_rules! riposte_plugin {
    ($plugin:ty, $id:expr, $version:expr) => {
        #[no_mangle]
        pub static mut riposte_plugin_entry: $crate::riposte::abi::Entry = $crate::riposte::abi::Entry::EMPTY;

        /// Runs when the library is loaded: what it declares is made then.
        extern "C" fn riposte_declare() {
            unsafe {
                let entry = std::ptr::addr_of_mut!(riposte_plugin_entry);
                (*entry).plugin = $crate::riposte::abi::declare::<$plugin>($id, $version);
            }
        }
        #[used]
        #[link_section = ".init_array"]
        static RIPOSTE_DECLARE: extern "C" fn() = riposte_declare;
    };
}

/// plugin.h, as far as this layer needs it.
pub mod abi {
    use super::*;

    pub const OK: i32 = 0;
    pub const GONE: i32 = 1;
    const NOT_SUPPORTED: i32 = 2;
    pub const BUSY: i32 = 6;
    pub const NOT_FOUND: i32 = 8;
    const FAILED: i32 = 10;
    pub const DIRECT_ROOM: u32 = 1 << 2;
    const FROM_TIMER: u32 = 2;
    const FROM_HEARING: u32 = 3;
    const DONE: i32 = 0;
    const FAIL: i32 = 1;

    #[repr(C)]
    #[derive(Clone, Copy)]
    pub struct Text {
        pub data: *const c_char,
        pub size: usize,
    }

    impl Text {
        pub fn of(text: &str) -> Text {
            Text { data: text.as_ptr() as *const c_char, size: text.len() }
        }
        /// Valid as long as what it came with; the callers keep to that.
        pub fn bytes<'a>(&self) -> &'a [u8] {
            if self.size == 0 {
                return &[];
            }
            unsafe { std::slice::from_raw_parts(self.data as *const u8, self.size) }
        }
        pub fn view<'a>(&self) -> Option<&'a str> {
            std::str::from_utf8(self.bytes()).ok()
        }
    }

    #[repr(C)]
    pub struct Argument {
        pub name: Text,
        pub text: Text,
        pub integer: i64,
        pub number: f64,
        pub kind: u32,
        pub boolean: u32,
    }

    #[repr(C)]
    struct Translation {
        language: *const c_char,
        text: *const c_char,
    }

    #[repr(C)]
    struct OptionData {
        struct_size: u32,
        kind: u32,
        flags: u32,
        reserved: u32,
        name: *const c_char,
        summary: *const c_char,
        translations: *const Translation,
        choices: *const *const c_char,
        minimum: f64,
        maximum: f64,
        otherwise: *const c_char,
    }

    #[repr(C)]
    struct CommandData {
        struct_size: u32,
        audience: u32,
        visibility: u32,
        deadline_ms: u32,
        prefix: *const c_char,
        aliases: *const *const c_char,
        summary: *const c_char,
        translations: *const Translation,
        options: *const *const OptionData,
    }

    #[repr(C)]
    pub struct Invocation {
        struct_size: u32,
        pub command: u32,
        origin: u32,
        pub flags: u32,
        pub call: u64,
        id: Text,
        prefix: Text,
        pub line: Text,
        rest: Text,
        pub arguments: *const Argument,
        pub argument_count: usize,
        pub user_id: i64,
        pub user_name: Text,
        user_display_name: Text,
        user_role: u32,
        reserved: u32,
        room_id: i64,
        pub room: Text,
        pub room_title: Text,
        pub locale: Text,
        pub time_zone: Text,
        deadline: i64,
        timer: i64,
        due: i64,
        pub payload: Text,
        pub hearing: u32,
        reserved2: u32,
    }

    type Unused = unsafe extern "C" fn();
    type Receive = unsafe extern "C" fn(*mut c_void, Text);
    type ReceiveValue = unsafe extern "C" fn(*mut c_void, *const Argument);

    /// The functions of ABI 1.0. What comes behind them later is to be called only if struct_size reaches it.
    #[repr(C)]
    pub struct Host {
        struct_size: u32,
        abi_minor: u32,
        name: *const c_char,
        pub data_dir: *const c_char,
        pub reply: unsafe extern "C" fn(*const Host, u64, Text, *mut u64) -> i32,
        pub reply_ephemeral: unsafe extern "C" fn(*const Host, u64, Text) -> i32,
        pub edit: unsafe extern "C" fn(*const Host, u64, Text) -> i32,
        pub stream_begin: unsafe extern "C" fn(*const Host, u64, *mut u64) -> i32,
        pub stream_append: unsafe extern "C" fn(*const Host, u64, Text) -> i32,
        pub stream_end: unsafe extern "C" fn(*const Host, u64) -> i32,
        finish: Unused,
        fail: unsafe extern "C" fn(*const Host, u64, Text) -> i32,
        pub cancelled: unsafe extern "C" fn(*const Host, u64) -> i32,
        pub wait: unsafe extern "C" fn(*const Host, u64, u32) -> i32,
        pub kv_get: unsafe extern "C" fn(*const Host, u64, Text, Receive, *mut c_void) -> i32,
        pub kv_set: unsafe extern "C" fn(*const Host, u64, Text, Text) -> i32,
        pub kv_erase: unsafe extern "C" fn(*const Host, u64, Text) -> i32,
        kv_list: Unused,
        pub timer_set: unsafe extern "C" fn(*const Host, u64, i64, Text, *mut i64) -> i32,
        timer_cancel: Unused,
        timer_list: Unused,
        pub post: unsafe extern "C" fn(*const Host, Text, Text) -> i32,
        pub hear: unsafe extern "C" fn(*const Host, u32, Text) -> i32,
        suggest: Unused,
        pub setting: unsafe extern "C" fn(*const Host, Text, ReceiveValue, *mut c_void) -> i32,
        pub log: unsafe extern "C" fn(*const Host, u64, u32, Text) -> i32,
        refuse: unsafe extern "C" fn(*const Host, Text) -> i32,
        pub now: unsafe extern "C" fn(*const Host) -> i64,
    }

    #[repr(C)]
    pub struct PluginData {
        struct_size: u32,
        permissions: u32,
        calls_at_once: u32,
        state_schema: u32,
        data_schema: u32,
        reserved: u32,
        id: *const c_char,
        version: *const c_char,
        title: *const c_char,
        summary: *const c_char,
        translations: *const Translation,
        commands: *const *const CommandData,
        settings: *const *const OptionData,
        read_paths: *const c_void,
        start: unsafe extern "C" fn(*const Host, *mut *mut c_void) -> i32,
        stop: unsafe extern "C" fn(*mut c_void),
        on_command: unsafe extern "C" fn(*mut c_void, *const Invocation) -> i32,
        suggest: *const c_void,
        save_state: unsafe extern "C" fn(*mut c_void, u32, Receive, *mut c_void) -> i32,
        restore_state: unsafe extern "C" fn(*mut c_void, u32, Text) -> i32,
        forget_user: unsafe extern "C" fn(*mut c_void, i64, Text) -> i32,
    }

    #[repr(C)]
    pub struct Entry {
        abi_major: u32,
        abi_minor: u32,
        pub plugin: *const PluginData,
    }

    impl Entry {
        pub const EMPTY: Entry = Entry { abi_major: 1, abi_minor: 0, plugin: ptr::null() };
    }

    struct Instance<P> {
        host: super::Host,
        handlers: Vec<Handler<P>>,
        plugin: P,
    }

    fn described<P: Plugin>() -> Description<P> {
        let mut description =
            Description { commands: Vec::new(), settings: Vec::new(), permissions: 0, title: None, summary: None };
        P::describe(&mut description);
        description
    }

    pub fn wording(action: &str, status: i32) -> String {
        let reason = match status {
            3 => "too large",
            4 => "too many",
            5 => "invalid",
            6 => "too fast",
            7 => "not granted",
            9 => "cancelled",
            _ => "failed",
        };
        format!("{action}: {reason}")
    }

    fn panic_text(panic: Box<dyn std::any::Any + Send>) -> String {
        let text = panic.downcast_ref::<&str>().map(|text| text.to_string());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        "panicked: ".to_string() + &text.unwrap_or_else(|| "without a text".into())
    }

    unsafe extern "C" fn start<P: Plugin>(host: *const Host, instance: *mut *mut c_void) -> i32 {
        if ((*host).struct_size as usize) < std::mem::size_of::<Host>() {
            return NOT_SUPPORTED;
        }
        let begin = || {
            let handlers = described::<P>().commands.iter().map(|command| command.handler).collect();
            let host = super::Host(host);
            P::start(host).map(|plugin| Instance { host, handlers, plugin })
        };
        let refusal = match catch_unwind(AssertUnwindSafe(begin)) {
            Ok(Ok(made)) => {
                *instance = Box::into_raw(Box::new(made)) as *mut c_void;
                return OK;
            }
            Ok(Err(reason)) => reason,
            Err(panic) => panic_text(panic),
        };
        ((*host).refuse)(host, Text::of(&refusal));
        FAILED
    }

    unsafe extern "C" fn stop<P: Plugin>(instance: *mut c_void) {
        let instance = Box::from_raw(instance as *mut Instance<P>);
        let _ = catch_unwind(AssertUnwindSafe(|| drop(instance)));
    }

    unsafe extern "C" fn on_command<P: Plugin>(instance: *mut c_void, raw: *const Invocation) -> i32 {
        let instance = &mut *(instance as *mut Instance<P>);
        let raw = &*raw;
        let host = instance.host;
        let call = super::Invocation { host, raw };
        let run = || match (raw.origin, instance.handlers.get(raw.command as usize)) {
            (FROM_TIMER, _) => instance.plugin.on_timer(&call),
            (FROM_HEARING, _) => instance.plugin.on_message(&call),
            (_, Some(handler)) => handler(&mut instance.plugin, &call),
            (_, None) => Err("there is no such command".into()),
        };
        let failure = match catch_unwind(AssertUnwindSafe(run)) {
            Ok(Ok(())) => return DONE,
            Ok(Err(text)) => text,
            Err(panic) => panic_text(panic),
        };
        let shown: String = failure.chars().take(256).collect();
        ((*host.0).fail)(host.0, raw.call, Text::of(&shown));
        FAIL
    }

    unsafe extern "C" fn save_state<P: Plugin>(
        instance: *mut c_void,
        schema: u32,
        receive: Receive,
        context: *mut c_void,
    ) -> i32 {
        let instance = &*(instance as *mut Instance<P>);
        if schema != P::STATE_SCHEMA {
            return NOT_SUPPORTED;
        }
        match catch_unwind(AssertUnwindSafe(|| instance.plugin.save_state())) {
            Ok(state) => {
                receive(context, Text { data: state.as_ptr() as *const c_char, size: state.len() });
                OK
            }
            Err(panic) => {
                instance.host.log(&("save state: ".to_string() + &panic_text(panic)));
                FAILED
            }
        }
    }

    unsafe extern "C" fn restore_state<P: Plugin>(instance: *mut c_void, schema: u32, state: Text) -> i32 {
        let instance = &mut *(instance as *mut Instance<P>);
        if schema != P::STATE_SCHEMA {
            return NOT_SUPPORTED;
        }
        let refusal = match catch_unwind(AssertUnwindSafe(|| instance.plugin.restore_state(state.bytes()))) {
            Ok(Ok(())) => return OK,
            Ok(Err(reason)) => reason,
            Err(panic) => panic_text(panic),
        };
        let host = instance.host.0;
        ((*host).refuse)(host, Text::of(&refusal));
        FAILED
    }

    unsafe extern "C" fn forget_user<P: Plugin>(instance: *mut c_void, id: i64, name: Text) -> i32 {
        let instance = &mut *(instance as *mut Instance<P>);
        let name = name.view().unwrap_or("");
        match catch_unwind(AssertUnwindSafe(|| instance.plugin.forget_user(id, name))) {
            Ok(()) => OK,
            Err(panic) => {
                instance.host.log(&("forget user: ".to_string() + &panic_text(panic)));
                FAILED
            }
        }
    }

    // What is declared stays for as long as the library is loaded: it is never freed.

    fn kept_text(text: &str) -> *const c_char {
        CString::new(text).map_or(ptr::null(), |text| text.into_raw() as *const c_char)
    }

    fn optional_text(text: &Option<String>) -> *const c_char {
        text.as_deref().map_or(ptr::null(), kept_text)
    }

    fn kept<T>(value: T) -> *const T {
        Box::leak(Box::new(value))
    }

    /// As an array that ends in `end`; NULL for an empty one.
    fn kept_list<T>(mut values: Vec<T>, end: T) -> *const T {
        if values.is_empty() {
            return ptr::null();
        }
        values.push(end);
        Box::leak(values.into_boxed_slice()).as_ptr()
    }

    fn kept_texts(texts: &[String]) -> *const *const c_char {
        kept_list(texts.iter().map(|text| kept_text(text)).collect(), ptr::null())
    }

    fn kept_translations(all: &[(String, String)]) -> *const Translation {
        let one = |(language, text): &(String, String)| Translation { language: kept_text(language), text: kept_text(text) };
        kept_list(all.iter().map(one).collect(), Translation { language: ptr::null(), text: ptr::null() })
    }

    fn option_data(option: &Opt) -> *const OptionData {
        kept(OptionData {
            struct_size: std::mem::size_of::<OptionData>() as u32,
            kind: option.kind,
            flags: option.flags,
            reserved: 0,
            name: kept_text(&option.name),
            summary: kept_text(&option.summary),
            translations: kept_translations(&option.translations),
            choices: kept_texts(&option.choices),
            minimum: option.minimum,
            maximum: option.maximum,
            otherwise: optional_text(&option.otherwise),
        })
    }

    fn command_data<P>(command: &Command<P>) -> *const CommandData {
        kept(CommandData {
            struct_size: std::mem::size_of::<CommandData>() as u32,
            audience: 0,
            visibility: command.author_only as u32,
            deadline_ms: u32::try_from(command.deadline.as_millis()).unwrap_or(u32::MAX),
            prefix: kept_text(&command.prefix),
            aliases: kept_texts(&command.aliases),
            summary: kept_text(&command.summary),
            translations: kept_translations(&command.translations),
            options: kept_list(command.options.iter().map(option_data).collect(), ptr::null()),
        })
    }

    /// NULL when describe() panics: the host then refuses the library.
    pub fn declare<P: Plugin>(id: &str, version: &str) -> *const PluginData {
        let make = || {
            let description = described::<P>();
            kept(PluginData {
                struct_size: std::mem::size_of::<PluginData>() as u32,
                permissions: description.permissions,
                calls_at_once: 1,
                state_schema: P::STATE_SCHEMA,
                data_schema: 0,
                reserved: 0,
                id: kept_text(id),
                version: kept_text(version),
                title: optional_text(&description.title),
                summary: optional_text(&description.summary),
                translations: ptr::null(),
                commands: kept_list(description.commands.iter().map(command_data).collect(), ptr::null()),
                settings: kept_list(description.settings.iter().map(option_data).collect(), ptr::null()),
                read_paths: ptr::null(),
                start: start::<P>,
                stop: stop::<P>,
                on_command: on_command::<P>,
                suggest: ptr::null(),
                save_state: save_state::<P>,
                restore_state: restore_state::<P>,
                forget_user: forget_user::<P>,
            })
        };
        catch_unwind(AssertUnwindSafe(make)).unwrap_or(ptr::null())
    }
}
