package io.antichain.analyzer.logfile;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;

/** Why a line, or the entry that begins there, was not taken for an event. */
public enum SkipReason {
    NO_ENTRY("no entry that the parser expression finds"),
    TWO_ENTRIES("an entry whose event holds the host and clock of another"),
    NO_JSON("no JSON object"),
    NAMED_TWICE("a JSON object that has a name twice"),
    NO_PROCESS("an entry without its process"),
    TWO_PROCESSES(
            "an entry whose process and host differ, or that names its process in several ways (choose with --fields)"),
    BAD_PROCESS("an entry or clock with an empty process name, or one of more than " + ProcessId.MAX_NAME_LENGTH
            + " characters"),
    NO_CLOCK("an entry without a clock"),
    NO_CAUSES("an entry without a clock, and without its causes or parents (write [] for none)"),
    NO_PARENTS("an entry without its parents, which others have (write [] for none)"),
    TWO_CLOCKS("an entry with several clocks (choose with --fields)"),
    BAD_CLOCK("an entry whose clock is no JSON object of process to counter, and no array of these"),
    OTHER_LENGTH("an entry whose clock is an array of another length"),
    BAD_CAUSE("an entry with an id or cause that is no string or whole number"),
    ID_TWICE("an entry with the id of another one"),
    BAD_COUNTER("an entry with a counter that is no whole number from 0 to 2^53 - 1 (" + Dot.MAX_COUNTER + ")"),
    NO_OWN_ENTRY("an entry whose clock lacks its own process, or has 0 there"),
    COUNTER_MISMATCH("an entry whose counter is not its clock's own entry"),
    NO_STAMP("a record without a stamp"),
    BAD_RECORD("a record whose stamp or value cannot be read");

    private final String sentence;

    SkipReason(String sentence) {
        this.sentence = sentence;
    }

    /** What the line is, for people: a noun phrase. */
    public String sentence() {
        return sentence;
    }
}
