package io.antichain.stamping.clock;

/**
 * The number of a life, made of what a broker gives out once: the producer id and epoch of a transactional id. Each start asks
 * for them, and the broker raises the epoch in one step; two starts at one moment, or on two hosts, are given two epochs.
 *
 * <p>The epoch, 0 to 32,767, is kept whole. Producer ids are folded, together with the cluster's id, into 30,517 classes. So two
 * lives of a name in one cluster have one number only if the broker has forgotten the transactional id between them
 * ({@code transactional.id.expiration.ms}, 7 days), and then by one chance in 30,517; as long apart, the first one is forgotten by
 * clocks too. Two clusters that run a process of one name by one chance in 30,517 for each epoch that both have.
 */
public final class Incarnation {
    private static final int EPOCHS = 32_768;
    private static final int CLASSES = 30_517;

    private Incarnation() {}

    /**
     * The incarnation, 0 to 999,981,055.
     *
     * @param clusterId the cluster's id, as the broker says it
     * @param producerId at least 0
     * @param epoch 0 to 32,767
     */
    public static int of(String clusterId, long producerId, int epoch) {
        if (producerId < 0 || epoch < 0 || epoch >= EPOCHS) {
            throw new IllegalArgumentException("A broker gives a producer id of at least 0 and an epoch of 0 to 32767:"
                    + " producer-id=" + producerId + ", epoch=" + epoch + "; the broker is not Kafka, or broken");
        }
        long folded = Math.floorMod(producerId % CLASSES + clusterId.hashCode(), CLASSES);
        return (int) (folded * EPOCHS + epoch);
    }

    /** An incarnation drawn where no broker can be asked: {@code bits} are random, and two draws meet by 1 in 999,981,056. */
    public static int drawn(long bits) {
        return (int) Math.floorMod(bits, (long) CLASSES * EPOCHS);
    }
}
