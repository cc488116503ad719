package io.antichain.analyzer.order;

/** What is remembered of one key: its unstable events, in a chain for each lane, and its siblings. */
final class KeyHistory {
    private static final KeyChain[] NONE = {};

    private final String key;
    /** Of lanes with unstable events of the key, by process number. An array, as most keys have one, and open ones none. */
    private KeyChain[] chains = NONE;

    private final Siblings siblings = new Siblings();

    KeyHistory(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    KeyChain[] chains() {
        return chains;
    }

    Siblings siblings() {
        return siblings;
    }

    /** Whether nothing of it can matter any more: all is stable, and no sibling waits to be resolved. */
    boolean isForgettable() {
        return chains.length == 0 && siblings.size() <= 1;
    }

    /** Takes the event that was appended to the lane's window last. */
    void append(Lane lane) {
        int at = chains.length;
        while (at > 0 && !isBefore(chains[at - 1].lane(), lane)) {
            at--;
        }
        if (at == chains.length || chains[at].lane() != lane) {
            KeyChain[] more = new KeyChain[chains.length + 1];
            System.arraycopy(chains, 0, more, 0, at);
            more[at] = new KeyChain(lane);
            System.arraycopy(chains, at, more, at + 1, chains.length - at);
            chains = more;
        }
        Window window = lane.window();
        chains[at].append(window.sequence(window.length() - 1));
    }

    private static boolean isBefore(Lane a, Lane b) {
        return a.number() < b.number() || (a.number() == b.number() && a.partition() < b.partition());
    }

    /** Forgets the first event of the lane. */
    void dropFirst(Lane lane) {
        for (int at = 0; at < chains.length; at++) {
            if (chains[at].lane() == lane) {
                chains[at].dropFirst();
                if (chains[at].length() == 0) {
                    remove(at);
                }
                return;
            }
        }
    }

    private void remove(int at) {
        KeyChain[] fewer = chains.length == 1 ? NONE : new KeyChain[chains.length - 1];
        System.arraycopy(chains, 0, fewer, 0, at);
        System.arraycopy(chains, at + 1, fewer, at, fewer.length - at);
        chains = fewer;
    }
}
