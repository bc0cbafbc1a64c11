namespace EventSourcing.TextProducer.Lines;

/// <summary>An endless text: the three fixed lines, then seven lines of words in one of several scripts, and again. The same seed gives the same text.</summary>
internal sealed class LineGenerator(int seed)
{
    private const int Period = 10;
    private const int ShortestLine = 3;
    private const int LongestLine = 12;

    private static readonly string[][] Scripts =
    [
        ["pump", "valve", "pressure", "flow", "night", "shift", "reports", "a", "steady", "reading", "from", "the", "north", "field"],
        ["naïve", "café", "smörgås", "žluťoučký", "kůň", "über", "ångström", "çok", "güzel", "œuvre"],
        ["насос", "давление", "поток", "ночь", "смена", "сообщает", "показание", "поле"],
        ["αντλία", "πίεση", "ροή", "νύχτα", "βάρδια", "ένδειξη", "πεδίο"],
        ["مضخة", "ضغط", "تدفق", "ليل", "قراءة", "حقل", "شمال"],
        ["पंप", "दबाव", "प्रवाह", "रात", "पाली", "मापन", "क्षेत्र"],
        ["水泵", "压力", "流量", "夜班", "读数", "北方", "油田"],
        ["ポンプ", "圧力", "流れ", "夜勤", "計測値", "きた"],
        ["🛢️", "⛽", "🌙", "📈", "🔧", "👩🏽‍🔧", "🇺🇳"],
    ];

    private readonly Random _random = new(seed);
    private long _number;

    public string Next()
    {
        var place = (int)(_number++ % Period);
        return place < FixedLines.All.Count ? FixedLines.All[place] : Words();
    }

    private string Words()
    {
        var script = Scripts[_random.Next(Scripts.Length)];
        var words = new string[_random.Next(ShortestLine, LongestLine + 1)];
        for (var index = 0; index < words.Length; index++)
            words[index] = script[_random.Next(script.Length)];
        return string.Join(' ', words);
    }
}
