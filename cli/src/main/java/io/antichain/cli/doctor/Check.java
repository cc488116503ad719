package io.antichain.cli.doctor;

import java.util.List;

/**
 * One thing that the doctor looks at. A check is told what was read of the cluster, and returns what it finds; it reads nothing
 * itself. A new check is a class of its own in {@link Doctor#CHECKS}; what it needs to be told is added to {@link Survey}.
 */
interface Check {
    /** Empty if all is well. */
    List<Finding> findings(Survey survey);
}
