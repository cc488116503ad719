package io.antichain.analyzer.logfile;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells where the text of an event holds the host and clock of another entry, as when a line or its end was lost: that event
 * would be missing without a trace. A text may hold JSON of its own; it is a clock if it has an entry for the word before it, and
 * a clock that is cut off if it is nothing but a word and the begin of one, or begins an entry for the word.
 * A text that begins with two blanks, as an export writes it, means what it says.
 */
final class JoinedEntry {
    private static final Pattern BRACE = Pattern.compile("(\\S+) \\{(?=\\\\?\"|$)");
    private static final String OWN = "  ";
    private static final Pattern CUT_OFF =
            Pattern.compile("\\S+ \\{(\\\\?\"[^\"\\\\]+\\\\?\" ?: ?\\d+(, ?)?)*(\\\\?\"[^\"{}]*(\" ?:? ?)?)?");
    /** An entry's name that has begun, after all that are whole. */
    private static final Pattern BEGUN = Pattern.compile("(?:^|, ?)\\\\?\"([^\":{}]+)$");

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
            boolean isClock = end < 0
                    ? names.endsWithHost(word) || beginsKey(word, text.substring(brace.end()))
                    : hasKey(word, text.substring(brace.end(), end));
            if (isClock) {
                return true;
            }
        }
        return text.indexOf('"') > 0 && CUT_OFF.matcher(text).matches();
    }

    private static boolean beginsKey(String word, String rest) {
        Matcher begun = BEGUN.matcher(rest);
        return hasKey(word, rest) || begun.find() && word.contains(begun.group(1));
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
