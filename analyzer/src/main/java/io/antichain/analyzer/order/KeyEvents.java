package io.antichain.analyzer.order;

import java.util.Arrays;

/** The events of one key that are held: a chain for each process, by process number. */
final class KeyEvents {
    // Chains from size on are empty, and used again.
    private KeyChain[] chains = {new KeyChain()};
    private int size;

    /** How many processes have events. */
    int size() {
        return size;
    }

    KeyChain chain(int index) {
        return chains[index];
    }

    /** Takes out all. */
    void clear() {
        size = 0;
    }

    void add(int process, long counter, int row) {
        int at = 0;
        while (at < size && chains[at].process() < process) {
            at++;
        }
        if (at == size || chains[at].process() != process) {
            insert(at, process);
        }
        chains[at].add(counter, row);
    }

    private void insert(int at, int process) {
        if (size == chains.length) {
            chains = Arrays.copyOf(chains, 2 * size);
            for (int i = size; i < chains.length; i++) {
                chains[i] = new KeyChain();
            }
        }
        KeyChain spare = chains[size];
        System.arraycopy(chains, at, chains, at + 1, size - at);
        chains[at] = spare;
        spare.begin(process);
        size++;
    }

    /** Takes out an event that is there. */
    void remove(int process, long counter) {
        int at = 0;
        while (chains[at].process() != process) {
            at++;
        }
        KeyChain chain = chains[at];
        chain.remove(counter);
        if (chain.isEmpty()) {
            size--;
            System.arraycopy(chains, at + 1, chains, at, size - at);
            chains[size] = chain;
        }
    }

    long bytes() {
        long bytes = 40;
        for (KeyChain chain : chains) {
            bytes += 4 + chain.bytes();
        }
        return bytes;
    }
}
