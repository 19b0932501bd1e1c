// What a plugin of ABI 1.0 may ask of its host, through riposte.rs. The answers are the same as those of tour.c;
// tests/unit/loader/frozen_test.cpp knows them.
#[path = "riposte.rs"]
mod riposte;

use riposte::{Description, Host, Invocation, Opt, Permission};
use std::time::Duration;

struct Tour {
    host: Host,
    count: u32,
}

impl riposte::Plugin for Tour {
    fn describe(plugin: &mut Description<Self>) {
        plugin.about("The tour", "All that a plugin of ABI 1.0 may ask");
        plugin.needs(Permission::Hear).needs(Permission::Post);
        plugin.setting(Opt::text("greeting").otherwise("hello"));
        plugin
            .command("/tour words", "Says it again", Self::words)
            .summary_in("zh-CN", "重复一句话")
            .alias("/导览")
            .option(Opt::rest("text").required());
        plugin
            .command("/tour typed", "Types", Self::typed)
            .option(Opt::integer("whole").summary("A digit").required().minimum(1.0).maximum(9.0))
            .option(Opt::choice("color", &["red", "green"]).required())
            .option(Opt::duration("time").required())
            .option(Opt::number("part").required())
            .option(Opt::boolean("sure").required());
        plugin.command("/tour stream", "Grows", Self::stream).option(Opt::integer("up_to").required());
        plugin.command("/tour edit", "Changes", |_, call| call.reply_to_edit("first")?.edit("second"));
        plugin.command("/tour alone", "For its author", |_, call| call.ephemeral("for you"));
        plugin.command("/tour fail", "Fails", |_, _| Err("as asked".into()));
        plugin.command("/tour keep", "Keeps", Self::keep).option(Opt::rest("text").required());
        plugin.command("/tour kept", "What is kept", Self::kept);
        plugin.command("/tour drop", "Drops", |_, call| call.erase("kept").and_then(|()| call.reply("dropped")));
        plugin.command("/tour timer", "Rings", Self::timer).option(Opt::integer("ms").required());
        plugin.command("/tour count", "Counts", Self::count);
        plugin.command("/tour setting", "What is set", |tour, call| {
            call.reply(&tour.host.setting("greeting").unwrap_or_default())
        });
        plugin.command("/tour post", "Posts", |tour, call| {
            call.reply(if tour.host.post(call.room(), "unasked")? { "posted" } else { "not posted" })
        });
        plugin.command("/tour where", "Where it is", Self::place);
    }

    fn start(host: Host) -> Result<Self, String> {
        if host.setting("greeting").as_deref() == Some("refuse") {
            return Err("as it was told".into());
        }
        host.hear(7, "tea|茶")?;
        host.log("the tour begins");
        Ok(Tour { host, count: 0 })
    }

    fn on_timer(&mut self, call: &Invocation) -> Result<(), String> {
        call.reply(&format!("timer: {}", call.payload()))
    }

    fn on_message(&mut self, call: &Invocation) -> Result<(), String> {
        call.reply(&format!("{}: {}", call.hearing(), call.line()))
    }

    fn forget_user(&mut self, _id: i64, name: &str) {
        self.host.log(&format!("forgets {name}"));
    }

    const STATE_SCHEMA: u32 = 1;
    fn save_state(&self) -> Vec<u8> {
        self.count.to_string().into_bytes()
    }
    fn restore_state(&mut self, state: &[u8]) -> Result<(), String> {
        let digits = std::str::from_utf8(state).map_err(|error| error.to_string())?;
        self.count = digits.parse().map_err(|_| format!("no number: {digits}"))?;
        Ok(())
    }
}

impl Tour {
    fn words(&mut self, call: &Invocation) -> Result<(), String> {
        call.reply(call.text("text").unwrap_or(""))
    }

    fn typed(&mut self, call: &Invocation) -> Result<(), String> {
        call.reply(&format!(
            "{}, {} is {}, {} ms, {:.1}, {}",
            call.integer("whole").unwrap_or(0),
            call.text("color").unwrap_or(""),
            call.integer("color").unwrap_or(-1),
            call.integer("time").unwrap_or(0),
            call.number("part").unwrap_or(0.0),
            if call.boolean("sure") == Some(true) { "sure" } else { "not sure" }
        ))
    }

    fn stream(&mut self, call: &Invocation) -> Result<(), String> {
        let words = call.stream()?;
        for number in 1..=call.integer("up_to").unwrap_or(0) {
            if !call.wait(Duration::from_millis(2)) {
                break;
            }
            words.append(&format!("{number} "))?;
        }
        Ok(())
    }

    fn keep(&mut self, call: &Invocation) -> Result<(), String> {
        call.set("kept", call.text("text").unwrap_or("").as_bytes())?;
        call.reply("kept")
    }

    fn kept(&mut self, call: &Invocation) -> Result<(), String> {
        match call.get("kept")? {
            Some(value) => call.reply(&format!("{} under kept ", String::from_utf8_lossy(&value))),
            None => call.reply("nothing"),
        }
    }

    fn timer(&mut self, call: &Invocation) -> Result<(), String> {
        call.after(Duration::from_millis(call.integer("ms").unwrap_or(0) as u64), "tea")?;
        call.reply("set")
    }

    fn count(&mut self, call: &Invocation) -> Result<(), String> {
        self.count += 1;
        call.reply(&self.count.to_string())
    }

    fn place(&mut self, call: &Invocation) -> Result<(), String> {
        let all = self.host.now() > 0 && self.host.data_dir().starts_with('/') && call.user_id() > 0;
        call.reply(&format!(
            "{} in {}, {}, {}, {}",
            call.user_name(),
            call.room_title(),
            call.locale(),
            call.time_zone(),
            if all { "and the rest" } else { "and not the rest" }
        ))
    }
}

riposte_plugin!(Tour, "tour", "1.0");
