package io.antichain.benchmarks.stamping;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Threads that send as fast as one producer takes it. */
final class Senders {
    private static final int HEAR_EVERY = 10;

    private final String topic;
    private final byte[] value;

    Senders(String topic, int valueBytes) {
        this.topic = topic;
        this.value = new byte[valueBytes];
    }

    /**
     * What was sent, and what it took.
     *
     * @param perSecond records acknowledged per second
     * @param allocatedPerRecord bytes that the sending threads allocated for each
     */
    record Sent(double perSecond, double allocatedPerRecord) {}

    /**
     * Sends for so long.
     *
     * @param hear what a thread does before every tenth record: others' records are handed to it
     */
    Sent run(Producer<byte[], byte[]> producer, int threads, long ms, Runnable hear) throws InterruptedException {
        ThreadMXBean threadBean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        LongAdder sent = new LongAdder();
        LongAdder allocated = new LongAdder();
        long beganNs = System.nanoTime();
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                long before = threadBean.getCurrentThreadAllocatedBytes();
                long own = 0;
                for (; System.nanoTime() - beganNs < ms * 1_000_000; own++) {
                    if (own % HEAR_EVERY == 0) {
                        hear.run();
                    }
                    producer.send(new ProducerRecord<>(topic, null, value));
                }
                sent.add(own);
                allocated.add(threadBean.getCurrentThreadAllocatedBytes() - before);
            });
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
        producer.flush();
        double perSecond = sent.sum() * 1e9 / (System.nanoTime() - beganNs);
        return new Sent(perSecond, (double) allocated.sum() / sent.sum());
    }
}
