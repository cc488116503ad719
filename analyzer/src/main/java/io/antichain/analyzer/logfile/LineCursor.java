package io.antichain.analyzer.logfile;

/** A position in a text that only moves forward, and the number of its line: all look-ups together take one pass. */
final class LineCursor {
    private final String text;
    private final String file;
    private int at;
    private int number = 1;

    LineCursor(String text, String file) {
        this.text = text;
        this.file = file;
    }

    /** The number, from 1, of the line that holds the position, which is not before that of the last call. */
    int number(int position) {
        for (int end = text.indexOf('\n', at); end >= 0 && end < position; end = text.indexOf('\n', at)) {
            at = end + 1;
            number++;
        }
        return number;
    }

    /** Adds the lines that have something other than white space between the two positions. */
    void addNotBlank(SkippedLines.Collector skipped, int from, int to, SkipReason reason) {
        int begin = from;
        while (begin < to) {
            int line = number(begin);
            int lineEnd = text.indexOf('\n', begin);
            int end = lineEnd < 0 ? to : Math.min(lineEnd, to);
            if (!isBlank(begin, end)) {
                skipped.add(file, line, reason);
            }
            begin = end + 1;
        }
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
