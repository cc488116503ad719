package io.antichain.cli.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own, which can be killed, stopped and continued. */
final class Program {
    private static final List<String> QUICK_START =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto", "-Xmx256m");

    private final Process process;
    private final CompletableFuture<Long> endedNs;

    private Program(Process process) {
        this.process = process;
        this.endedNs = process.onExit().thenApply(ended -> System.nanoTime());
    }

    /**
     * Starts {@code mainClass}; what it prints goes to the end of {@code output}.
     *
     * @param options for the JVM, beside those for a quick start
     */
    static Program start(
            List<String> options, String classPath, String mainClass, List<String> arguments, Path output) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK_START);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        try {
            return new Program(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path of the packaged command line, or else of this JVM. */
    static String classPath() {
        File[] libraries = new File("target/lib").listFiles((folder, name) -> name.endsWith(".jar"));
        File[] own = new File("target").listFiles((folder, name) -> name.matches("antichain-cli-.*\\.jar"));
        if (libraries == null || own == null || own.length == 0) {
            return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        }
        List<String> jars = new ArrayList<>();
        jars.add(own[0].getPath());
        for (File library : libraries) {
            jars.add(library.getPath());
        }
        return String.join(File.pathSeparator, jars);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code; only once it has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** When it ended, by this JVM's steady clock, whoever asks how much later; only once it has ended. */
    long endedNs() {
        return endedNs.join();
    }

    /** Whether it ended within {@code ms}. */
    boolean endsWithin(long ms) {
        try {
            return process.waitFor(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL: nothing is finished, nothing said. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGSTOP: it stands still until it is continued. */
    void stop() {
        signal("STOP");
    }

    /** SIGCONT. */
    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        if (!process.isAlive()) {
            return; // its number may be another's by now
        }
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
