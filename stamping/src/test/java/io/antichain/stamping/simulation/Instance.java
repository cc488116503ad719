package io.antichain.stamping.simulation;

import io.antichain.clocks.Stamp;
import io.antichain.stamping.clock.SharedClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** An instance of a service, life after life. */
final class Instance {
    /** Stamped, and not in the log yet. */
    record Pending(int index, Stamp stamp, int partition, long sinceStep) {}

    final String name;
    final Service service;
    final double eagerness;

    SharedClock clock;
    /** Numbers of the events that this life was handed, has published or took over: the truth, not the clock. */
    BitSet past = new BitSet();

    final SortedMap<Integer, Long> positions = new TreeMap<>();
    final ArrayDeque<Log.Landed> batch = new ArrayDeque<>();
    final Set<Integer> topicsKnown = new HashSet<>();
    final List<Pending> pending = new ArrayList<>();
    /** Records of the open transaction, if there is one. */
    Optional<List<Pending>> transaction = Optional.empty();
    /** With a rule taken out: the stamp whose counter is given again. */
    Optional<Stamp> again = Optional.empty();

    Instance(String name, Service service, double eagerness) {
        this.name = name;
        this.service = service;
        this.eagerness = eagerness;
    }
}
