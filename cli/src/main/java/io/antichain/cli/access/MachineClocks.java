package io.antichain.cli.access;

import io.antichain.cli.doctor.SilentProgram;
import io.antichain.cli.doctor.Survey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks nodes and analyzers for the doctor what time their machines have. */
public final class MachineClocks {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpAccess access;
    private final HttpClient http;

    public MachineClocks(HttpAccess access) {
        this.access = access;
        this.http = access.client().connectTimeout(TIMEOUT).build();
    }

    /** Tells the clock of each that answers, and which do not. */
    public void tell(Survey survey, List<String> addresses) {
        for (String address : addresses) {
            try {
                HttpDate.reading(address, () -> date(address)).ifPresent(survey::clock);
            } catch (UncheckedIOException e) {
                String reason = e.getCause().getMessage();
                survey.silent(new SilentProgram(
                        address,
                        e.getCause().getClass().getSimpleName() + (reason == null ? "" : " (" + reason + ")")));
            } catch (IllegalArgumentException e) {
                survey.silent(new SilentProgram(address, "no HTTP address"));
            }
        }
    }

    /** Whatever else it answers: its health needs no token, and a refusal has the date too. */
    private Optional<String> date(String address) {
        try {
            return http.send(
                            access.request(address.replaceAll("/+$", "") + "/health/live")
                                    .timeout(TIMEOUT)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Date");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
