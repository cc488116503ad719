package io.antichain.analyzer.order;

/** The version of a frontier's bytes. */
final class Frontier {
    private static final int VERSION = 6;

    private Frontier() {}

    static void writeVersion(FrontierWriter out) {
        out.number(VERSION);
    }

    static void checkVersion(FrontierReader in) {
        int version = in.count();
        if (version != VERSION) {
            throw new IllegalArgumentException("The engine's stored state is of another version: version=" + version
                    + ", expected=" + VERSION + "; reset the analyzer's state, the log holds everything");
        }
    }
}
