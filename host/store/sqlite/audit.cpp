#include "store/sqlite/audit.hpp"

#include "store/sqlite/listing.hpp"

namespace riposte::sqlite {

void add_audit(Transaction& transaction, const AuditEntry& entry) {
    transaction.db().run("INSERT INTO audit (at, made_by, verb, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5)",
                         entry.at == 0 ? transaction.now() : entry.at, entry.by, entry.verb, entry.subject,
                         entry.detail);
}

Result<Listed<AuditEntry>> audit(Database& db, const Listing& listing) {
    auto rows = db.query(
        "SELECT id, at, made_by, verb, subject, detail FROM audit "
        "WHERE id < ?1 AND (subject LIKE ?2 ESCAPE '\\' OR made_by LIKE ?2 ESCAPE '\\' OR verb LIKE ?2 ESCAPE '\\') "
        "ORDER BY id DESC LIMIT ?3",
        before(listing), pattern(listing), listing.limit + 1);
    return listed<AuditEntry>(std::move(rows), listing.limit, [](const Statement& row) {
        return AuditEntry{.at = row.column<Timestamp>(1),
                          .by = row.column<std::string>(2),
                          .verb = row.column<std::string>(3),
                          .subject = row.column<std::string>(4),
                          .detail = row.column<std::string>(5)};
    });
}

}  // namespace riposte::sqlite
