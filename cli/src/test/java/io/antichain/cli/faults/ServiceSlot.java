package io.antichain.cli.faults;

import io.antichain.cli.faults.ServicePlan.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An instance of a service, and the programs that are its lives one after the other. */
final class ServiceSlot {
    /** How the programs of services are started. */
    record Launch(Level level, String bootstrap, String classPath, List<String> options, long seed) {}

    private static final long WORKS_WITHIN_MS = 120_000;
    private static final long LOOK_MS = 100;

    private final ServicePlan plan;
    private final Launch launch;
    private final Path folder;
    private final List<Program> lives = new ArrayList<>();

    /** @param folder where its journals and its log are */
    ServiceSlot(ServicePlan plan, Launch launch, Path folder) {
        this.plan = plan;
        this.launch = launch;
        this.folder = folder;
    }

    /** Begins the next life. */
    void start() {
        int number = lives.size();
        lives.add(Program.start(
                launch.options(),
                launch.classPath(),
                StampedService.class.getName(),
                List.of(
                        plan.name(),
                        "" + number,
                        launch.level().name(),
                        launch.bootstrap(),
                        journal(number).toString(),
                        "" + (launch.seed() + 1_000L * number + plan.name().hashCode())),
                folder.resolve(plan.name() + ".log")));
    }

    private Path journal(int number) {
        return folder.resolve(plan.name() + "." + number + ".journal");
    }

    Program current() {
        return lives.get(lives.size() - 1);
    }

    /** Whether its present life has sent, and been handed what it reads: whoever dies before that proves little. */
    boolean isAtWork() {
        Path journal = journal(lives.size() - 1);
        try {
            if (!current().isAlive() || !Files.exists(journal)) {
                return false;
            }
            String lines = Files.readString(journal);
            return lines.contains("\nsent ") && (plan.from().isEmpty() || lines.contains("\nhanded "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int lives() {
        return lives.size();
    }

    void killAll() {
        lives.forEach(Program::kill);
    }

    /**
     * Lets a service work for a moment, by itself, and archive its classes.
     *
     * @param folder where the archive goes
     * @return the launch with options by which services start in half of the processor's time
     */
    static Launch archived(Launch launch, Path folder) throws IOException, InterruptedException {
        Path archive = folder.resolve("services.jsa");
        Launch archiving = new Launch(
                launch.level(),
                launch.bootstrap(),
                launch.classPath(),
                List.of("-XX:ArchiveClassesAtExit=" + archive),
                launch.seed());
        ServiceSlot pattern =
                new ServiceSlot(ServicePlan.PATTERN, archiving, Files.createDirectory(folder.resolve("pattern")));
        try {
            pattern.start();
            for (long ms = 0; ms < WORKS_WITHIN_MS && !pattern.hasCommitted(); ms += LOOK_MS) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MS);
            }
            pattern.current().terminate();
            pattern.current().endsWithin(WORKS_WITHIN_MS);
        } finally {
            pattern.killAll();
        }
        List<String> options = Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
        return new Launch(launch.level(), launch.bootstrap(), launch.classPath(), options, launch.seed());
    }

    private boolean hasCommitted() throws IOException {
        return isAtWork() && Files.readString(journal(0)).contains("\ncommitted ");
    }
}
