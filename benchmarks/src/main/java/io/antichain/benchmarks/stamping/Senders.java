package io.antichain.benchmarks.stamping;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Threads that send as fast as one producer takes it. */
final class Senders {
    private static final int HEAR_EVERY = 10;

    private final String topic;
    private final byte[] value;

    Senders(String topic, int valueBytes) {
        this.topic = topic;
        this.value = new byte[valueBytes];
        new Random(1).nextBytes(value);
    }

    /**
     * What was sent, and what it took.
     *
     * @param perSecond records acknowledged per second
     * @param cpuNsPerRecord processor time that the sending threads took for each, ns
     * @param allCpuNsPerRecord processor time that the whole JVM took for each, producers and broker together, ns
     * @param allocatedPerRecord bytes that they allocated for each
     */
    record Sent(double perSecond, double cpuNsPerRecord, double allCpuNsPerRecord, double allocatedPerRecord) {}

    /**
     * Sends for so long.
     *
     * @param headers of each record
     * @param hear what a thread does before every tenth record: others' records are handed to it
     */
    Sent run(Producer<byte[], byte[]> producer, int threads, long ms, List<Header> headers, Runnable hear)
            throws InterruptedException {
        ThreadMXBean threadBean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        LongAdder sent = new LongAdder();
        LongAdder allocated = new LongAdder();
        LongAdder cpuNs = new LongAdder();
        long allCpuBefore = system.getProcessCpuTime();
        long beganNs = System.nanoTime();
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                long before = threadBean.getCurrentThreadAllocatedBytes();
                long cpuBefore = threadBean.getCurrentThreadCpuTime();
                long own = 0;
                for (; System.nanoTime() - beganNs < ms * 1_000_000; own++) {
                    if (own % HEAR_EVERY == 0) {
                        hear.run();
                    }
                    producer.send(new ProducerRecord<>(topic, null, null, null, value, headers));
                }
                sent.add(own);
                cpuNs.add(threadBean.getCurrentThreadCpuTime() - cpuBefore);
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
        double records = sent.sum();
        return new Sent(
                perSecond,
                cpuNs.sum() / records,
                (system.getProcessCpuTime() - allCpuBefore) / records,
                allocated.sum() / records);
    }
}
