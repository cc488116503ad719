package io.antichain.clocks;

/** Text of unknown origin as error messages show it: at most 249 characters, invisible ones and controls as {@code ?}. */
final class Printable {
    private static final int MAX_LENGTH = 249;

    private Printable() {}

    static String of(String text) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MAX_LENGTH); i++) {
            printable.append(isVisible(text.charAt(i)) ? text.charAt(i) : '?');
        }
        return printable.append(text.length() > MAX_LENGTH ? "…" : "").toString();
    }

    private static boolean isVisible(char c) {
        if (c == ' ') {
            return true;
        }
        return !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && Character.getType(c) != Character.FORMAT
                && Character.getType(c) != Character.SURROGATE;
    }
}
