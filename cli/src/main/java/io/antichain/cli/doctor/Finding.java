package io.antichain.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One thing that a check found.
 *
 * @param what what was found, for people: a clause that begins a sentence
 * @param values what shows it, by name, in the order to be shown
 * @param remedy what to do, for people: a clause that ends the sentence; empty if {@code what} is the whole of it
 */
public record Finding(FindingKind kind, String what, Map<String, String> values, String remedy) {
    /** As {@link FindingKind#matters}. */
    public boolean matters() {
        return kind.matters();
    }

    /** What was found, what shows it, and what to do. */
    public String sentence() {
        String shown = values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(", "));
        return shown.isEmpty() ? what : what + ": " + shown + "; " + remedy;
    }

    /** A finding that was told in a whole sentence, without its full stop, by the part that met it. */
    static Finding told(FindingKind kind, String sentence) {
        return new Finding(kind, sentence, Map.of(), "");
    }

    /** A finding to which values are added one by one. */
    static Draft of(FindingKind kind, String what) {
        return new Draft(kind, what, new LinkedHashMap<>());
    }

    /** A finding without its remedy. */
    record Draft(FindingKind kind, String what, Map<String, String> values) {
        Draft with(String name, Object value) {
            values.put(name, value.toString());
            return this;
        }

        Finding remedy(String remedy) {
            return new Finding(kind, what, values, remedy);
        }
    }
}
