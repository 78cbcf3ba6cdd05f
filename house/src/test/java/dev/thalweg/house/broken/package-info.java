/// Classes that break the rules of the house, one rule each, so that each rule is seen to fail.
@NullMarked
package dev.thalweg.house.broken;

import org.jspecify.annotations.NullMarked;
