using Checker.Histories;

namespace Checker.Harness.Generators;

/// <summary>
/// Says which operation comes next: an immutable value, so a generator can be kept, shared, and asked again. It has two questions to answer.
/// All that it may depend on comes in through the context; all that it remembers goes out as the generator to go on with.
/// </summary>
/// <remarks>
/// Randomness is the one thing that is not a value: <see cref="GeneratorContext.Random"/> is a stream, and drawing from it moves it on. A run owns
/// one stream and calls its generator from one thread, so the order of draws is the order of calls: the same seed and the same
/// events give the same operations. Asked twice with equal contexts whose streams are at the same place, a generator answers the same.
/// </remarks>
public interface IGenerator
{
    /// <summary>Asks for an operation to start now.</summary>
    /// <param name="context">The time, the threads, and which of them are free.</param>
    /// <returns>
    /// An operation for a free thread at the context's time; or pending, if there is none now but may be later; or exhausted, for ever.
    /// An operation is never for a later time: a generator that wants to wait is pending and says until when.
    /// </returns>
    Step Next(in GeneratorContext context);

    /// <summary>Tells of an invocation or a completion, any generator's.</summary>
    /// <param name="context">The state of the threads after the event: the thread of an invocation is busy, that of a completion is free again.</param>
    /// <param name="e">
    /// The event. Both events of a nemesis operation are <see cref="EventType.Info"/>; after the first its thread is busy, after the second it is free.
    /// </param>
    /// <returns>The generator to go on with; itself, if the event means nothing to it.</returns>
    IGenerator Update(in GeneratorContext context, in HistoryEvent e);
}
