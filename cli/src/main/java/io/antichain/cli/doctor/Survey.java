package io.antichain.cli.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was read of a cluster, and of what works on it: told piece by piece, then asked by the checks. */
public final class Survey {
    private final Thresholds thresholds;
    private final List<String> missing = new ArrayList<>();
    private final List<TopicCounts> topics = new ArrayList<>();
    private final SortedMap<String, ProcessCounts> processes = new TreeMap<>();
    private final List<String> unread = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<String> missingOwn = new ArrayList<>();
    private final List<BrokerContact> brokers = new ArrayList<>();
    private Optional<FeatureLevels> features = Optional.empty();
    private final List<TopicLayout> layouts = new ArrayList<>();
    private final List<ProgramRights> rights = new ArrayList<>();
    private Optional<RegistryAnswers> registry = Optional.empty();
    private final List<ClockReading> clocks = new ArrayList<>();
    private final List<SilentProgram> silent = new ArrayList<>();

    public Survey(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** That a topic does not exist. */
    public void missing(String topic) {
        missing.add(topic);
    }

    /** That a topic may not be read by this login. */
    public void refused(String topic) {
        refused.add(topic);
    }

    /** That a topic of the prefix does not exist which the program needs that was named. */
    public void missingOwn(String topic) {
        missingOwn.add(topic);
    }

    /** A broker of the cluster. */
    public void broker(BrokerContact contact) {
        brokers.add(contact);
    }

    public void features(FeatureLevels levels) {
        features = Optional.of(levels);
    }

    /** A topic that exists and may be described. */
    public void layout(TopicLayout layout) {
        layouts.add(layout);
    }

    /** What this login may do of a program's work. Not told of a cluster that permits everything to everybody. */
    public void rights(ProgramRights seen) {
        rights.add(seen);
    }

    /** Not told where no registry is needed. */
    public void registry(RegistryAnswers answers) {
        registry = Optional.of(answers);
    }

    public void clock(ClockReading reading) {
        clocks.add(reading);
    }

    /** That a node or an analyzer that was named does not answer. */
    public void silent(SilentProgram program) {
        silent.add(program);
    }

    /** That a topic was not read, as what has to answer for it does not: a finding of its own says so. */
    public void unread(String topic) {
        unread.add(topic);
    }

    /** What a topic's records are told to; counts once it was {@link #read}. */
    public TopicCounts counts(String topic) {
        TopicCounts counts = new TopicCounts(topic, thresholds, this::process);
        layouts.stream()
                .filter(layout -> layout.topic().equals(topic))
                .findFirst()
                .flatMap(TopicLayout::settings)
                .ifPresent(counts::settings);
        return counts;
    }

    /** That a topic was read. */
    public void read(TopicCounts counts) {
        topics.add(counts);
    }

    private ProcessCounts process(String name) {
        return processes.computeIfAbsent(name, ProcessCounts::new);
    }

    public Thresholds thresholds() {
        return thresholds;
    }

    /** The names of topics that do not exist. */
    public List<String> missing() {
        return missing;
    }

    /** Whether a broker is not reached, or the topic has a partition without a leader: then it need not be readable. */
    public boolean lacksBroker(String topic) {
        return brokers.stream().anyMatch(broker -> broker.failure().isPresent())
                || layouts.stream()
                        .filter(layout -> layout.topic().equals(topic))
                        .anyMatch(layout -> layout.partitions().stream().anyMatch(partition -> !partition.hasLeader()));
    }

    /** Whether the registry gave no answer, so that envelopes cannot be read. */
    public boolean lacksRegistry() {
        return registry.flatMap(RegistryAnswers::failure).isPresent();
    }

    /** The names of topics that were not read, as what has to answer for it does not. */
    public List<String> unread() {
        return unread;
    }

    /** The names of topics that this login may not read. */
    List<String> refused() {
        return refused;
    }

    /** The names of topics that the program needs which was named, and that do not exist. */
    List<String> missingOwn() {
        return missingOwn;
    }

    /** All brokers of the cluster. */
    public List<BrokerContact> brokers() {
        return brokers;
    }

    /** Empty if no broker told them. */
    public Optional<FeatureLevels> features() {
        return features;
    }

    /** Those topics that may be described: the ones looked at, those of the prefix, and Kafka's own. */
    public List<TopicLayout> layouts() {
        return layouts;
    }

    /** Empty if the cluster permits everything to everybody. */
    public List<ProgramRights> rights() {
        return rights;
    }

    /** Empty if none is needed. */
    public Optional<RegistryAnswers> registry() {
        return registry;
    }

    /** Wall clocks of other machines. */
    public List<ClockReading> clocks() {
        return clocks;
    }

    /** Programs that were named and do not answer. */
    List<SilentProgram> silent() {
        return silent;
    }

    /** The topics that exist and were read, as they were told. */
    public List<TopicCounts> topics() {
        return topics;
    }

    /** Those whose stamps were read, in the order of their names. */
    public Collection<ProcessCounts> processes() {
        return processes.values();
    }
}
