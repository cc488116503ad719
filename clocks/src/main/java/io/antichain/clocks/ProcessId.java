package io.antichain.clocks;

import java.util.regex.Pattern;

/**
 * A sequential source of events: a name, and the incarnation that tells apart the lives of a name whose past was lost.
 *
 * <p>Two incarnations of one name are two processes. The written form is the name, followed by {@code ~} and the
 * incarnation unless that is 0: {@code node-1}, {@code node-1~2}. The order of process ids is that of their names, then
 * of their incarnations; it has no causal meaning.
 *
 * <p>That events of one process are ordered, as a sequence, is the ground of all else (Lamport, "Time, Clocks, and the
 * Ordering of Events in a Distributed System", 1978). A process that forgot its past would number two events alike, so it
 * goes on as another.
 *
 * <pre>{@code
 * ProcessId reborn = ProcessId.of("node-1").next();
 * assert reborn.toString().equals("node-1~1") && ProcessId.parse("node-1~1").equals(reborn);
 * }</pre>
 *
 * @param name 1 to 249 characters without {@code ~}, {@code :}, white space, control or invisible format characters,
 *     and without half of a surrogate pair, which UTF-8 cannot carry
 * @param incarnation 0 for the first life, then 1, 2, … up to {@link #MAX_INCARNATION}
 */
public record ProcessId(String name, int incarnation) implements Comparable<ProcessId> {
    /** The longest permitted name, in UTF-16 code units: that of a Kafka topic, so a name can be used in one. */
    public static final int MAX_NAME_LENGTH = 249;

    /** The greatest incarnation: the last one whose written form {@link #parse} reads. */
    public static final int MAX_INCARNATION = 999_999_999;

    private static final Pattern WRITTEN_INCARNATION = Pattern.compile("[1-9][0-9]{0,8}");

    public ProcessId {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("A process name has 1 to " + MAX_NAME_LENGTH + " characters: length="
                    + name.length() + "; choose another name");
        }
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            if (!isPermitted(name.codePointAt(i))) {
                throw new IllegalArgumentException("A process name holds no '~', ':', white space or control"
                        + " characters: name=" + Printable.of(name) + "; choose another name");
            }
        }
        if (incarnation < 0 || incarnation > MAX_INCARNATION) {
            throw new IllegalArgumentException("An incarnation is 0 to 999999999: process=" + name + ", incarnation="
                    + incarnation + "; count lives from 0");
        }
    }

    /** The first life of {@code name}. */
    public static ProcessId of(String name) {
        return new ProcessId(name, 0);
    }

    /**
     * Reads the written form back: {@code parse("node-1~2")} is {@code new ProcessId("node-1", 2)}.
     *
     * @throws IllegalArgumentException if {@code text} is not a written form that {@link #toString} gives
     */
    public static ProcessId parse(String text) {
        int tilde = text.indexOf('~');
        if (tilde < 0) {
            return of(text);
        }
        String incarnation = text.substring(tilde + 1);
        if (!WRITTEN_INCARNATION.matcher(incarnation).matches()) {
            throw new IllegalArgumentException("After '~' stands an incarnation from 1 to 999999999, without leading"
                    + " zeros: process=" + Printable.of(text) + "; write it as in node-1~2");
        }
        return new ProcessId(text.substring(0, tilde), Integer.parseInt(incarnation));
    }

    /** The next life of the same name. */
    public ProcessId next() {
        return new ProcessId(name, incarnation + 1);
    }

    @Override
    public int compareTo(ProcessId other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : Integer.compare(incarnation, other.incarnation);
    }

    @Override
    public String toString() {
        return incarnation == 0 ? name : name + '~' + incarnation;
    }

    private static boolean isPermitted(int character) {
        if (character > ' ' && character < 0x7F) {
            return character != '~' && character != ':'; // most characters, told without tables
        }
        return !Character.isWhitespace(character)
                && !Character.isSpaceChar(character)
                && !Character.isISOControl(character)
                && Character.getType(character) != Character.FORMAT
                && Character.getType(character) != Character.SURROGATE;
    }
}
