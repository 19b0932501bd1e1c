#include "xapian_rival.hpp"

#include <xapian.h>

namespace riposte::bench {
namespace {

/// Everything that ask indexes of the page, each heading once.
std::string text_of(const ask::Document& page) {
    std::string text = page.title + "\n";
    const std::vector<std::string>* before = nullptr;
    for (const ask::Passage& passage : page.passages) {
        if ((!before || passage.headings != *before) && !passage.headings.empty())
            text += passage.headings.back() + "\n";
        before = &passage.headings;
        text += passage.text + "\n";
    }
    return text;
}

/// Xapian's QueryParser demands every pair of Chinese characters, and refuses some questions that mix scripts (1.4.22:
/// "parse error"); with any of the terms it does far better.
Xapian::Query any_term_of(const std::string& question, const Xapian::Stem& stem) {
    Xapian::Document terms;
    Xapian::TermGenerator generator;
    generator.set_stemmer(stem);
    generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    generator.set_document(terms);
    generator.index_text_without_positions(question);
    std::vector<std::string> chosen;
    for (Xapian::TermIterator term = terms.termlist_begin(); term != terms.termlist_end(); ++term) {
        const bool is_stem = (*term)[0] == 'Z';
        const bool has_no_stem =
            static_cast<unsigned char>((*term)[0]) >= 0x80 || ((*term)[0] >= '0' && (*term)[0] <= '9');
        if (is_stem || has_no_stem) chosen.push_back(*term);
    }
    return Xapian::Query(Xapian::Query::OP_OR, chosen.begin(), chosen.end());
}

}  // namespace

struct XapianRival::Parts {
    Xapian::WritableDatabase db{"", Xapian::DB_BACKEND_INMEMORY};
    Xapian::Stem stem{"en"};
};

XapianRival::XapianRival(const std::vector<KnownItem>& items) : parts_(std::make_unique<Parts>()) {
    Xapian::TermGenerator generator;
    generator.set_stemmer(parts_->stem);
    generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    for (const KnownItem& item : items) {
        Xapian::Document document;
        generator.set_document(document);
        generator.index_text(text_of(item.page));
        parts_->db.add_document(document);
    }
}

XapianRival::~XapianRival() = default;

std::vector<std::size_t> XapianRival::find(const std::string& question, std::size_t limit) {
    Xapian::Enquire enquire(parts_->db);
    enquire.set_query(any_term_of(question, parts_->stem));
    const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(limit));
    std::vector<std::size_t> numbers;
    for (Xapian::MSetIterator hit = found.begin(); hit != found.end(); ++hit) numbers.push_back(*hit - 1);
    return numbers;
}

}  // namespace riposte::bench
