package io.antichain.analyzer.logfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells where the text of an event holds the host and clock of another entry, as when a line or its end was lost: that event
 * would be missing without a trace. A text may hold JSON of its own; it is a clock if it has an entry for the word before it.
 * A text that begins with two blanks, as an export writes it, means what it says.
 */
final class JoinedEntry {
    private static final Pattern BRACE = Pattern.compile("(\\S+) \\{(?=\\\\?\"|$)");
    private static final String OWN = "  ";
    private static final Pattern KEY = Pattern.compile("\\\\?\"([^\"\\\\]+)\\\\?\" ?:");

    private JoinedEntry() {}

    static boolean isIn(String text, ProcessNames names) {
        if (text.startsWith(OWN)) {
            return false;
        }
        Matcher brace = BRACE.matcher(text);
        while (brace.find()) {
            String word = brace.group(1);
            int end = text.indexOf('}', brace.end());
            if (end < 0 ? names.endsWithHost(word) : hasKey(word, text.substring(brace.end(), end))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasKey(String word, String object) {
        Matcher key = KEY.matcher(object);
        while (key.find()) {
            if (word.endsWith(key.group(1))) {
                return true;
            }
        }
        return false;
    }
}
