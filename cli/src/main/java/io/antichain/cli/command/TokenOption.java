package io.antichain.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The flag that names a token, which nodes and the analyzer ask for and commands show. It is a file: flags are seen by others. */
final class TokenOption {
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,500}");

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "file that holds the token which requests to nodes and analyzers carry, 16 to 500 characters; "
                            + "without it they need none")
    private Path file;

    Optional<String> token() {
        if (file == null) {
            return Optional.empty();
        }
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The file of the token cannot be read: token-file=" + file + ", failure="
                            + e.getClass().getSimpleName() + "; name another",
                    e);
        }
        if (!TOKEN.matcher(text).matches()) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The file holds no token of 16 to 500 visible ASCII characters: token-file=" + file + ", length="
                            + text.length() + "; make one with: openssl rand -hex 32");
        }
        return Optional.of(text);
    }
}
