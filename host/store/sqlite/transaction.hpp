#pragma once

#include "base/clock.hpp"
#include "protocol/committed.hpp"
#include "store/sqlite/database.hpp"

#include <vector>

namespace riposte::sqlite {

/// What a write sees of the transaction it is part of. [writer] only. A write that returns a problem has never happened:
/// what it changed and what it emitted is taken back.
class Transaction {
public:
    explicit Transaction(Database& db) : db_(db) {}

    Database& db() { return db_; }
    /// The moment of the transaction.
    Timestamp now() const { return now_; }
    /// To be published once the commit has succeeded, in this order.
    void emit(Committed what) { emitted_.push_back(std::move(what)); }

private:
    friend class Writer;

    Database& db_;
    Timestamp now_ = now_ms();
    std::vector<Committed> emitted_;
};

}  // namespace riposte::sqlite
