package io.antichain.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShutdownTest {
    /** A program that is done, and whose parts close for longer than anybody waits, as on a busy machine. */
    static final class ClosesForEver {
        public static void main(String[] arguments) {
            Shutdown.closeAtShutdown(() -> new CountDownLatch(1).await(), new PrintWriter(System.err));
            int code = Integer.parseInt(arguments[0]);
            Shutdown.ended(code);
            System.exit(code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void whatClosesTooSlowlyDoesNotChangeTheExitCode(int code) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ClosesForEver.class.getName(),
                        "" + code)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isEqualTo(code);
    }
}
