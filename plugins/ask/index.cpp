#include "ask/index.hpp"

#include "ask/tokens.hpp"

#include <algorithm>

namespace riposte::ask {
namespace {

constexpr std::int64_t application = 0x52495041;  // "RIPA", SQLite's application_id of our files
constexpr char between_headings = '\x1f';         // ASCII's unit separator
constexpr std::size_t lead_size = 500;            // bytes

constexpr const char* tables = R"sql(
    CREATE TABLE settings(settings TEXT NOT NULL);
    CREATE TABLE sources(id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, title TEXT NOT NULL,
                         lead TEXT NOT NULL, language INTEGER NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
                         hash INTEGER NOT NULL);
    CREATE TABLE passages(id INTEGER PRIMARY KEY, headings TEXT NOT NULL, text TEXT NOT NULL);
    CREATE VIRTUAL TABLE page_words USING fts5(title, lead, headings, body, content='',
                                               tokenize="unicode61 remove_diacritics 0");
    CREATE VIRTUAL TABLE passage_words USING fts5(headings, body, content='', tokenize="unicode61 remove_diacritics 0");
    CREATE VIRTUAL TABLE page_vocabulary USING fts5vocab(page_words, row);
)sql";

bool is_prose(const Passage& passage) { return !passage.text.starts_with("```") && !passage.text.starts_with("- "); }

/// The first words of the page that are neither code nor a list: they usually say what it is about.
std::string lead_of(const Document& document) {
    std::string lead;
    for (const Passage& passage : document.passages) {
        if (!is_prose(passage)) continue;
        lead += passage.text.substr(0, lead_size) + "\n";
        if (lead.size() >= lead_size) break;
    }
    return lead;
}

struct PageWords {
    std::string title, lead, headings, body;
};

PageWords words_of(const Document& document) {
    PageWords words{terms_of(document.title), terms_of(lead_of(document)), {}, {}};
    std::string before;
    for (const Passage& passage : document.passages) {
        const std::string headings = join_headings(passage.headings);
        if (headings != before && !passage.headings.empty()) words.headings += terms_of(passage.headings.back()) + " ";
        before = headings;
        words.body += terms_of(passage.text) + " ";
    }
    return words;
}

/// Throws when the file is something else than an index: it is not ours to overwrite.
bool has_format(Database& db, std::string_view settings) {
    Statement owner =
        db.prepare("SELECT (SELECT application_id FROM pragma_application_id), count(*) FROM sqlite_schema");
    if (owner.step() && owner.integer(0) != application && owner.integer(1) > 0)
        throw DatabaseError("is no index made by ask-index");
    Statement version = db.prepare("PRAGMA user_version");
    if (!version.step() || version.integer(0) != index_format) return false;
    Statement stored = db.prepare("SELECT settings FROM settings");
    return stored.step() && stored.text(0) == settings;
}

Database open_or_make(const std::filesystem::path& file, std::string_view settings) {
    {
        Database db = Database::open_for_writing(file);
        if (has_format(db, settings)) return db;
    }
    std::filesystem::remove(file);
    Database db = Database::open_for_writing(file);
    db.execute("PRAGMA application_id = " + std::to_string(application) +
               "; PRAGMA user_version = " + std::to_string(index_format));
    db.execute(tables);
    db.prepare("INSERT INTO settings VALUES (?)").bind(settings).run();
    return db;
}

}  // namespace

Index::Index(const std::filesystem::path& file, std::string_view settings) : db_(open_or_make(file, settings)) {
    // The file is a copy that takes the index's place when it is whole: a crash may lose it.
    db_.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN");
}

bool Index::is_unchanged(const std::string& path, const Stamp& stamp) {
    Statement same = db_.prepare("SELECT 1 FROM sources WHERE path = ? AND size = ? AND modified = ?");
    return same.bind(path, stamp.size, stamp.modified).step();
}

bool Index::has_same_bytes(const std::string& path, const Stamp& stamp, std::int64_t hash) {
    Statement same =
        db_.prepare("UPDATE sources SET modified = ? WHERE path = ? AND size = ? AND hash = ? RETURNING id");
    return same.bind(stamp.modified, path, stamp.size, hash).step();
}

void Index::replace(const std::string& path, const std::string& name, const Stamp& stamp, std::int64_t hash,
                    const Document& document) {
    erase(path);
    const auto language = static_cast<std::int64_t>(document.language);
    db_.prepare("INSERT INTO sources(path, name, title, lead, language, size, modified, hash) VALUES (?,?,?,?,?,?,?,?)")
        .bind(path, name, document.title, lead_of(document), language, stamp.size, stamp.modified, hash)
        .run();
    const std::int64_t source = db_.last_id();
    Statement insert = db_.prepare("INSERT INTO passages(id, headings, text) VALUES (?, ?, ?)");
    for (std::size_t place = 0; place < std::min(document.passages.size(), most_passages); ++place) {
        const std::string headings = join_headings(document.passages[place].headings);
        insert.bind(passage_id(source, place), headings, document.passages[place].text).run();
    }
    write_words("", source, document);
}

void Index::erase(const std::string& path) {
    Statement find = db_.prepare("SELECT id, title FROM sources WHERE path = ?");
    if (!find.bind(path).step()) return;
    const std::int64_t source = find.integer(0);
    const std::int64_t first = passage_id(source, 0), end = passage_id(source + 1, 0);
    Document document;
    document.title = find.text(1);
    Statement passages = db_.prepare("SELECT headings, text FROM passages WHERE id >= ? AND id < ? ORDER BY id");
    passages.bind(first, end);
    while (passages.step()) document.passages.push_back({split_headings(passages.text(0)), passages.text(1)});
    write_words("delete", source, document);  // a table without content must be told what it held
    db_.prepare("DELETE FROM passages WHERE id >= ? AND id < ?").bind(first, end).run();
    db_.prepare("DELETE FROM sources WHERE id = ?").bind(source).run();
}

void Index::write_words(std::string_view command, std::int64_t source, const Document& document) {
    const auto insert_into = [&](const std::string& table, const std::string& columns, const std::string& marks) {
        const std::string verb = command.empty() ? "" : "'" + std::string(command) + "', ";
        const std::string into = command.empty() ? "(" : "(" + table + ", ";
        return db_.prepare("INSERT INTO " + table + into + "rowid, " + columns + ") VALUES (" + verb + marks + ")");
    };
    const PageWords words = words_of(document);
    insert_into("page_words", "title, lead, headings, body", "?, ?, ?, ?, ?")
        .bind(source, words.title, words.lead, words.headings, words.body)
        .run();
    Statement insert = insert_into("passage_words", "headings, body", "?, ?, ?");
    for (std::size_t place = 0; place < std::min(document.passages.size(), most_passages); ++place) {
        const Passage& passage = document.passages[place];
        const std::string headings = terms_of(document.title + "\n" + join_headings(passage.headings));
        const std::string body = terms_of(passage.text);
        insert.bind(passage_id(source, place), headings, body).run();
    }
}

std::vector<std::string> Index::paths() {
    std::vector<std::string> paths;
    Statement all = db_.prepare("SELECT path FROM sources ORDER BY path");
    while (all.step()) paths.push_back(all.text(0));
    return paths;
}

std::int64_t Index::count_passages() {
    Statement count = db_.prepare("SELECT count(*) FROM passages");
    return count.step() ? count.integer(0) : 0;
}

void Index::commit() {
    db_.execute("COMMIT");
    db_.execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL");
}

std::string join_headings(const std::vector<std::string>& headings) {
    std::string joined;
    for (const std::string& heading : headings) {
        if (!joined.empty()) joined.push_back(between_headings);
        joined += heading;
    }
    return joined;
}

std::vector<std::string> split_headings(std::string_view joined) {
    std::vector<std::string> headings;
    while (!joined.empty()) {
        const std::size_t end = joined.find(between_headings);
        headings.emplace_back(joined.substr(0, end));
        joined.remove_prefix(end == std::string_view::npos ? joined.size() : end + 1);
    }
    return headings;
}

}  // namespace riposte::ask
