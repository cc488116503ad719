package io.antichain.benchmarks.clocks;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Benchmarks of one JMH run, each in a JVM of its own: the time of an operation, and what it allocates.
 *
 * <p>Both are the least of many short iterations. What else runs can only add to one, and the shorter they are, the more of
 * them it leaves alone.
 */
final class JmhRun {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private JmhRun() {}

    /** Runs all methods of some benchmarks. */
    static Collection<RunResult> of(Class<?>... benchmarks) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.milliseconds(400))
                .measurementIterations(40)
                .measurementTime(TimeValue.milliseconds(10))
                .addProfiler(GCProfiler.class);
        for (Class<?> benchmark : benchmarks) {
            options.include(benchmark.getName() + "\\.");
        }
        return new Runner(options.build(), OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
                .run();
    }

    /** The benchmark's class, without its package. */
    static String benchmark(RunResult result) {
        String[] names = result.getParams().getBenchmark().split("\\.");
        return names[names.length - 2];
    }

    /** The benchmark's method: mostly a library. */
    static String method(RunResult result) {
        String[] names = result.getParams().getBenchmark().split("\\.");
        return names[names.length - 1];
    }

    static double nanos(RunResult result) {
        return result.getPrimaryResult().getStatistics().getMin();
    }

    static double allocatedBytes(RunResult result) {
        return result.getSecondaryResults().get(ALLOCATED).getStatistics().getMin();
    }

    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
