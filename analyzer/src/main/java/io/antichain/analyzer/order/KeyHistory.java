package io.antichain.analyzer.order;

import java.util.Arrays;

/** What is held of one key: its events in the window, in a chain for each process, and its siblings. */
final class KeyHistory {
    private static final KeyChain[] NO_CHAINS = {};
    private static final Sibling[] NO_SIBLINGS = {};
    private static final int OBJECT_BYTES = 150;
    private static final int SIBLING_BYTES = 72;

    private final String key;
    /** By process number. Arrays, as most keys have one of each. */
    private KeyChain[] chains = NO_CHAINS;

    private Sibling[] siblings = NO_SIBLINGS;

    KeyHistory(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    KeyChain[] chains() {
        return chains;
    }

    /** The maximal events: an antichain, at most one a process. */
    Sibling[] siblings() {
        return siblings;
    }

    void setSiblings(Sibling[] maximal) {
        siblings = maximal;
    }

    /** Whether the window holds the event. */
    boolean holds(int process, long counter) {
        for (KeyChain chain : chains) {
            if (chain.process() == process) {
                int above = chain.firstAbove(counter);
                return above > chain.start() && chain.counter(above - 1) == counter;
            }
        }
        return false;
    }

    /** An event was taken into the window. */
    void add(int process, long counter) {
        int at = 0;
        while (at < chains.length && chains[at].process() < process) {
            at++;
        }
        if (at == chains.length || chains[at].process() != process) {
            KeyChain[] more = new KeyChain[chains.length + 1];
            System.arraycopy(chains, 0, more, 0, at);
            more[at] = new KeyChain(process);
            System.arraycopy(chains, at, more, at + 1, chains.length - at);
            chains = more;
        }
        chains[at].add(counter);
    }

    /** An event was dropped from the window. */
    void remove(int process, long counter) {
        int at = 0;
        while (chains[at].process() != process) {
            at++;
        }
        chains[at].remove(counter);
        if (chains[at].isEmpty()) {
            KeyChain[] fewer = Arrays.copyOf(chains, chains.length - 1);
            System.arraycopy(chains, at + 1, fewer, at, fewer.length - at);
            chains = fewer.length == 0 ? NO_CHAINS : fewer;
        }
    }

    /** About how much memory it takes, without its key. */
    long bytes() {
        long bytes = OBJECT_BYTES + 2L * key.length();
        for (KeyChain chain : chains) {
            bytes += chain.bytes();
        }
        for (Sibling sibling : siblings) {
            bytes += SIBLING_BYTES + sibling.packed().length;
        }
        return bytes;
    }
}
