package io.antichain.cli.command;

import io.antichain.cli.analyzer.AnalyzerClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flag that names a running analyzer. */
final class AnalyzerOption {
    @Option(
            names = "--analyzer",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080",
            description = "address of a running analyzer (default: ${DEFAULT-VALUE})")
    private String url;

    @Mixin
    private HttpClientOptions http;

    AnalyzerClient client() {
        return new AnalyzerClient(url, http.access());
    }
}
