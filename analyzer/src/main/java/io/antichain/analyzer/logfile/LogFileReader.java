package io.antichain.analyzer.logfile;

import java.util.ArrayList;
import java.util.List;

/** Reads log files, and finds out in which form each is where the user does not say. */
public final class LogFileReader {
    private final LogForms forms;
    private final boolean merge;
    private final List<LogEntries> merged = new ArrayList<>();
    private final List<String> mergedNotes = new ArrayList<>();
    private final List<LoggedExecution> executions = new ArrayList<>();
    private final ProcessNames names = new ProcessNames();

    /**
     * @param forms what the user said of the files' form
     * @param merge whether executions of one name, in whatever files, are one
     */
    public LogFileReader(LogForms forms, boolean merge) {
        this.forms = forms;
        this.merge = merge;
    }

    /**
     * Reads one file.
     *
     * @param name what to call an execution that has no label
     * @param file the file's name
     * @param text with {@code \n} at the ends of lines
     * @throws UnreadableLogException if it holds no event, or it is not certain what it says
     */
    public void read(String name, String file, String text) {
        if (merge && text.isBlank()) {
            return;
        }
        FormChoice choice = FormChoice.of(forms, name, file, text);
        if (merge) {
            names.include(choice.names());
            merged.addAll(choice.entries());
            choice.note().ifPresent(note -> mergedNotes.add(file + ": " + note));
        } else {
            choice.executions()
                    .forEach(execution ->
                            executions.add(choice.note().map(execution::with).orElse(execution)));
        }
    }

    /** What was read so far. */
    public List<LoggedExecution> executions() {
        if (!merge) {
            return List.copyOf(executions);
        }
        List<LoggedExecution> all = new ArrayList<>();
        for (LogEntries entries : LogEntries.mergedByName(merged)) {
            LoggedExecution execution = entries.execution();
            for (int i = mergedNotes.size() - 1; i >= 0; i--) {
                execution = execution.with(mergedNotes.get(i));
            }
            all.add(execution);
        }
        return all;
    }
}
