package io.antichain.analyzer.order;

import java.util.ArrayList;
import java.util.List;

/** What is remembered of one key: its unstable events, in a chain for each lane, and its siblings. */
final class KeyHistory {
    private final String key;
    /** Of lanes with unstable events of the key, by process number. */
    private final List<KeyChain> chains = new ArrayList<>(1);

    private final Siblings siblings = new Siblings();

    KeyHistory(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    List<KeyChain> chains() {
        return chains;
    }

    Siblings siblings() {
        return siblings;
    }

    /** Whether nothing of it can matter any more: all is stable, and no sibling waits to be resolved. */
    boolean isForgettable() {
        return chains.isEmpty() && siblings.size() <= 1;
    }

    /** Takes the event that was appended to the lane's window last. */
    void append(Lane lane) {
        int at = chains.size();
        while (at > 0 && !isBefore(chains.get(at - 1).lane(), lane)) {
            at--;
        }
        if (at == chains.size() || chains.get(at).lane() != lane) {
            chains.add(at, new KeyChain(lane));
        }
        Window window = lane.window();
        chains.get(at).append(window.sequence(window.length() - 1));
    }

    private static boolean isBefore(Lane a, Lane b) {
        return a.number() < b.number() || (a.number() == b.number() && a.partition() < b.partition());
    }

    /** Forgets the first event of the lane. */
    void dropFirst(Lane lane) {
        for (int at = 0; at < chains.size(); at++) {
            KeyChain chain = chains.get(at);
            if (chain.lane() == lane) {
                chain.dropFirst();
                if (chain.length() == 0) {
                    chains.remove(at);
                }
                return;
            }
        }
    }
}
