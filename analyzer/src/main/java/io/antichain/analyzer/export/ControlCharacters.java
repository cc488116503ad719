package io.antichain.analyzer.export;

/** Characters that command a terminal: control characters but the tab, and the marks that turn the direction of text. */
public final class ControlCharacters {
    private ControlCharacters() {}

    /** The text with these characters written as in JSON, {@code \}{@code u001b}. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            append(shown, text.charAt(i));
        }
        return shown.toString();
    }

    /** Adds one character as it is to be shown. */
    public static void append(StringBuilder shown, char c) {
        boolean turns = c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069';
        if (turns || Character.isISOControl(c) && c != '\t') {
            shown.append(String.format("\\u%04x", (int) c));
        } else {
            shown.append(c);
        }
    }
}
