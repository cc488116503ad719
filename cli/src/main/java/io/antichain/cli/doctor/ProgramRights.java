package io.antichain.cli.doctor;

import io.antichain.cli.acls.AccessRule;
import java.util.List;
import java.util.Map;

/**
 * What this login has of the rights that a program needs.
 *
 * @param program for people, such as "the analyzer"
 * @param isNamed whether the user asked for this program
 * @param states each right that it needs
 * @param command what prints them as commands of Kafka's tool
 */
public record ProgramRights(String program, boolean isNamed, Map<AccessRule, State> states, String command) {
    /** Whether a right is there. */
    public enum State {
        GRANTED,
        MISSING,
        /** Nothing tells without using it, or before the thing exists that it is about. */
        UNSEEN
    }

    /** Those in a state, in the order of the rules. */
    public List<AccessRule> in(State state) {
        return states.entrySet().stream()
                .filter(entry -> entry.getValue() == state)
                .map(Map.Entry::getKey)
                .toList();
    }
}
