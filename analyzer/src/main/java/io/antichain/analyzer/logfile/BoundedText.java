package io.antichain.analyzer.logfile;

/**
 * A text that a regular expression may look at only so often. Java's expressions backtrack: there are some that look at each
 * character once, and some that would not end in a lifetime.
 */
final class BoundedText implements CharSequence {
    /** Looks granted whatever the text's length: about a second. */
    static final long BASE_LOOKS = 200_000_000;

    /** Looks granted for each character: entries that fit take below ten, lines that do not as many as they are long. */
    static final long LOOKS_PER_CHARACTER = 500;

    private final String text;
    private long left;

    BoundedText(String text) {
        this.text = text;
        this.left = BASE_LOOKS + LOOKS_PER_CHARACTER * text.length();
    }

    /** More looks were taken than are granted; without a stack trace, since it only unwinds the matching. */
    static final class ExhaustedException extends RuntimeException {
        ExhaustedException() {
            super("too many looks", null, false, false);
        }
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new ExhaustedException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
