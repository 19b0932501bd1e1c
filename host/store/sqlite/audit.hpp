#pragma once

#include "store/oversight.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

/// `at` 0: now.
void add_audit(Transaction& transaction, const AuditEntry& entry);
Result<Listed<AuditEntry>> audit(Database& db, const Listing& listing);

}  // namespace riposte::sqlite
